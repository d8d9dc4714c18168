using RagApp.Models.Pool;

namespace RagApp.Models.Rerank;

/// <summary>The reranker of the pool, section <c>Models:Rerank</c>. Changes are used without a restart.</summary>
public sealed class RerankEntryOptions : RerankPriceOptions
{
    public const string Section = "Models:Rerank";

    /// <summary>Name of the model in reports, and at the providers whose deployment names no other; none by default.</summary>
    public string? Model { get; set; }

    /// <summary>Deployments of the model by their names; an endpoint is the base address, in front of <c>/rerank</c>. None by default.</summary>
    public Dictionary<string, DeploymentOptions> Deployments { get; set; } = new(StringComparer.Ordinal);
}
