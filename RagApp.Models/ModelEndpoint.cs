using Microsoft.Extensions.Configuration;
using RagApp.Models.Pool;

namespace RagApp.Models;

/// <summary>Addresses of providers, and the rule by which a configuration section names one.</summary>
internal static class ModelEndpoint
{
    /// <summary>Address of OpenAI's API.</summary>
    public const string OpenAI = "https://api.openai.com/v1";

    /// <summary>Address of the provider's API, or of the program on this machine.</summary>
    public static Uri Of(ModelProvider provider) => new(provider switch
    {
        ModelProvider.Anthropic => "https://api.anthropic.com",
        ModelProvider.Ollama => "http://127.0.0.1:11434",
        ModelProvider.Cohere => "https://api.cohere.com/v2",
        _ => OpenAI,
    });

    /// <summary>
    /// True when the section has a key, a model of this machine, or an endpoint other than OpenAI's, which is of no use without a
    /// key.
    /// </summary>
    public static bool IsConfigured(IConfigurationSection section) =>
        section["ApiKey"] is { Length: > 0 }
        || section["Local"] is { Length: > 0 }
        || (section["Endpoint"] is { Length: > 0 } endpoint
            && !endpoint.TrimEnd('/').Equals(OpenAI, StringComparison.OrdinalIgnoreCase));
}
