using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Api;

/// <summary>What the generators of this service need to know beside the texts, whose prefix is already in front of them.</summary>
internal sealed class EmbeddingWork : EmbeddingGenerationOptions
{
    public EmbeddingWork(string tenant, EmbeddingInputType inputType, EmbeddingPriority priority) =>
        (Tenant, InputType, Priority) = (tenant, inputType, priority);

    private EmbeddingWork(EmbeddingWork other)
        : base(other) => (Tenant, InputType, Priority) = (other.Tenant, other.InputType, other.Priority);

    public string Tenant { get; }

    public EmbeddingInputType InputType { get; }

    public EmbeddingPriority Priority { get; }

    public override EmbeddingGenerationOptions Clone() => new EmbeddingWork(this);

    /// <summary>The options as this service passes them to its generators.</summary>
    public static EmbeddingWork Of(EmbeddingGenerationOptions? options) =>
        options as EmbeddingWork ?? throw new ArgumentException("The generators of this service take EmbeddingWork.", nameof(options));
}
