using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Configuration;
using OpenAI;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>How every call to an OpenAI-compatible endpoint is made.</summary>
internal static class OpenAIConnection
{
    public const string OpenAIEndpoint = "https://api.openai.com/v1";

    /// <summary>An endpoint without keys is sent this one: the client insists on some.</summary>
    private const string NoKey = "none";

    /// <summary>
    /// Whether a section with <c>Endpoint</c> and <c>ApiKey</c> names somebody to call: by a key, or by an endpoint other
    /// than OpenAI's own, which is of no use without one.
    /// </summary>
    public static bool IsConfigured(IConfigurationSection section) =>
        section["ApiKey"] is { Length: > 0 }
        || (section["Endpoint"] is { Length: > 0 } endpoint
            && !endpoint.TrimEnd('/').Equals(OpenAIEndpoint, StringComparison.OrdinalIgnoreCase));

    public static OpenAIClient Open(Uri endpoint, string apiKey, TimeSpan timeout) => new(
        new ApiKeyCredential(apiKey.Length > 0 ? apiKey : NoKey),
        new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = timeout,
            // The client would wait out a provider's Retry-After, however long, while a person waits for the answer,
            // and would multiply load on a provider that is down. Errors go up at once, with the time to wait: bulk
            // work is repeated by its job queue, and a person is told.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });
}
