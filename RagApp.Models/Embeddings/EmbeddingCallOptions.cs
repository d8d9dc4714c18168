using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;

namespace RagApp.Models.Embeddings;

/// <summary>Properties that all texts of one call to a provider share; the texts may belong to several tenants.</summary>
public sealed class EmbeddingCallOptions : EmbeddingGenerationOptions
{
    public EmbeddingCallOptions(EmbeddingInputType inputType, ModelPriority priority, string? region) =>
        (InputType, Priority, Region) = (inputType, priority, region);

    private EmbeddingCallOptions(EmbeddingCallOptions other)
        : base(other) => (InputType, Priority, Region) = (other.InputType, other.Priority, other.Region);

    /// <summary>Purpose of the texts, for providers whose vectors depend on it.</summary>
    public EmbeddingInputType InputType { get; }

    public ModelPriority Priority { get; }

    /// <summary>Region that the texts must stay in; null when they may be processed anywhere.</summary>
    public string? Region { get; }

    public override EmbeddingGenerationOptions Clone() => new EmbeddingCallOptions(this);
}
