using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;

namespace RagApp.Models;

/// <summary>Properties that all texts of one call to a provider share; the texts may belong to several tenants.</summary>
public sealed class EmbeddingCallOptions : EmbeddingGenerationOptions
{
    public EmbeddingCallOptions(EmbeddingInputType inputType, ModelCaller caller) => (InputType, Caller) = (inputType, caller);

    private EmbeddingCallOptions(EmbeddingCallOptions other)
        : base(other) => (InputType, Caller) = (other.InputType, other.Caller);

    /// <summary>Purpose of the texts, for providers whose vectors depend on it.</summary>
    public EmbeddingInputType InputType { get; }

    /// <summary>Caller of one of the texts; those of the others have the same region and priority.</summary>
    public ModelCaller Caller { get; }

    public override EmbeddingGenerationOptions Clone() => new EmbeddingCallOptions(this);
}
