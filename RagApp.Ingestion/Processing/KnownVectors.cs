using RagApp.Contracts.Embeddings;
using RagApp.Ingestion.Chunking;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>The vectors of the version that answers now, by the texts they were made of: what did not change is not embedded again.</summary>
internal sealed class KnownVectors
{
    private readonly string? _model;
    private readonly int _dimension;
    private readonly Dictionary<string, ReadOnlyMemory<float>> _byText = new(StringComparer.Ordinal);

    private KnownVectors()
    {
    }

    public static KnownVectors None { get; } = new();

    private KnownVectors(DocumentContent content, DocumentVectors vectors)
    {
        (_model, _dimension) = (vectors.Model, vectors.Dimension);
        foreach (var (passage, vector) in content.Passages.Zip(vectors.Vectors))
            _byText[EmbeddingText.For(content.Title, passage)] = vector;
    }

    /// <summary>Nothing when the document has no searchable version, or when that is damaged: then all is embedded anew.</summary>
    public static async Task<KnownVectors> LoadAsync(
        IDocumentStore store, DocumentManifest manifest, EmbeddingModel model, CancellationToken cancellationToken)
    {
        if (manifest.Searchable is not { } version)
            return None;
        try
        {
            return await store.ReadContentAsync(manifest.IdOf(version), cancellationToken) is { } content
                && await store.ReadVectorsAsync(manifest.IdOf(version), model.Id, cancellationToken) is { } vectors
                    ? new KnownVectors(content, vectors)
                    : None;
        }
        catch (CorruptBlobException)
        {
            return None;
        }
    }

    public ReadOnlyMemory<float>? Find(EmbeddingModel model, string text) =>
        string.Equals(model.Id, _model, StringComparison.Ordinal) && model.Dimension == _dimension && _byText.TryGetValue(text, out var vector)
            ? vector
            : (ReadOnlyMemory<float>?)null;
}
