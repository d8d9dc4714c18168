namespace RagApp.Models.Pool;

/// <summary>A place that serves a model: an endpoint with its keys, limits and region.</summary>
/// <param name="Name">Name in the configuration, unique within the model.</param>
/// <param name="Endpoint">Base address of the API.</param>
/// <param name="Model">Name of the model at the provider.</param>
public sealed record Deployment(string Name, ModelProvider Provider, Uri Endpoint, string Model)
{
    /// <summary>Region that processes the text; null when it is not known, and then no caller bound to a region uses the deployment.</summary>
    public string? Region { get; init; }

    /// <summary>Requests that each key may send per minute; null for no limit, or the limit that the provider reports.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens of prompts and answers that each key may use per minute; null for no limit, or the limit that the provider reports.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Share of the calls relative to other deployments of the tier.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Rank of the deployment: a higher tier is used only when no lower one has capacity.</summary>
    public int Tier { get; init; }

    /// <summary>Longest wait for the first byte of an answer, and between two pieces of a stream.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest number of tokens of prompt and answer together.</summary>
    public int MaxContextTokens { get; init; }

    /// <summary>True when text that must stay in <paramref name="region"/> may be sent to this deployment.</summary>
    /// <param name="region">Region of the caller; null when its text may be processed anywhere.</param>
    public bool Serves(string? region) => region is null || region.Equals(Region, StringComparison.OrdinalIgnoreCase);
}
