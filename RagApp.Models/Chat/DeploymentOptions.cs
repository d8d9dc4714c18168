using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Chat;

/// <summary>A deployment of a chat model, section <c>Models:Chat:MODEL:Deployments:DEPLOYMENT</c>.</summary>
public sealed class DeploymentOptions
{
    /// <summary>The API of the endpoint: <c>openai</c> (also of other programs), <c>azure</c>, <c>anthropic</c> or <c>ollama</c>; required.</summary>
    [Required(ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:Provider is missing: openai, azure, anthropic or ollama.")]
    [AllowedValues("openai", "azure", "anthropic", "ollama", ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:Provider is openai, azure, anthropic or ollama.")]
    public string Provider { get; set; } = "";

    /// <summary>Base address of the API; that of OpenAI, Anthropic or a local Ollama by default, required for Azure.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>API key; may stay empty for an endpoint that needs none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Several API keys instead of one, each with the limits below; none by default.</summary>
    public IList<string> Keys { get; set; } = [];

    /// <summary>Name of the model at the provider; the name of the entry by default.</summary>
    public string? Model { get; set; }

    /// <summary>Region that processes the text, such as <c>eu</c>; unknown by default, and then callers bound to a region do not use it.</summary>
    public string? Region { get; set; }

    /// <summary>Requests per minute of each key, 1 to 10,000,000; no limit by default but that which the provider reports.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:RequestsPerMinute lies between 1 and 10000000.")]
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens per minute of each key, 100 to 2,000,000,000; no limit by default but that which the provider reports.</summary>
    [Range(100, 2_000_000_000, ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:TokensPerMinute lies between 100 and 2000000000.")]
    public int? TokensPerMinute { get; set; }

    /// <summary>Share of the calls relative to other deployments of the tier, 0.01 to 1,000; 1 by default.</summary>
    [Range(0.01, 1000.0, ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:Weight lies between 0.01 and 1000.")]
    public double Weight { get; set; } = 1;

    /// <summary>Rank, 0 to 100: a higher tier is used when no lower one has capacity; 0 by default.</summary>
    [Range(0, 100, ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:Tier lies between 0 and 100.")]
    public int Tier { get; set; }

    /// <summary>Longest wait for the first byte of an answer, and between two pieces of a stream, 00:00:01 to 00:30:00; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ErrorMessage = "Models:Chat:MODEL:Deployments:DEPLOYMENT:Timeout lies between 00:00:01 and 00:30:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}
