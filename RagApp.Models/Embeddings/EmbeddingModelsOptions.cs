namespace RagApp.Models.Embeddings;

/// <summary>The embedding models of the pool, section <c>Models</c>. Changes of deployments are used without a restart.</summary>
public sealed class EmbeddingModelsOptions
{
    public const string Section = "Models";

    /// <summary>
    /// Embedding model of tenants without an index: one of <see cref="Embeddings"/>, or any other that the service has. By default that
    /// of section <c>Embedding:Provider</c>, or the embedded one.
    /// </summary>
    public string? DefaultEmbedding { get; set; }

    /// <summary>Regions in which tenants' text must stay: a provider's default model needs a deployment in each; none by default.</summary>
    public IList<string> Regions { get; set; } = [];

    /// <summary>Embedding models by the name that callers use, which has no colon; none by default.</summary>
    public IDictionary<string, EmbeddingEntryOptions> Embeddings { get; set; } = new Dictionary<string, EmbeddingEntryOptions>(StringComparer.Ordinal);
}
