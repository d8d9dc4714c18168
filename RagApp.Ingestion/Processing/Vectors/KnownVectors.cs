using RagApp.Contracts.Embeddings;
using RagApp.Ingestion.Chunking;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>The vectors of the searchable version, by the texts they were made from, so that unchanged texts are not embedded again.</summary>
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

    /// <summary>Loads the vectors. Without a searchable version, or when it is damaged, the result is empty and all texts are embedded.</summary>
    public static async Task<KnownVectors> LoadAsync(
        IContentStore contents, DocumentManifest manifest, EmbeddingModel model, CancellationToken cancellationToken)
    {
        if (manifest.Searchable is not { } version)
            return None;
        try
        {
            return await contents.ReadAsync(manifest.IdOf(version), cancellationToken) is { } content
                && await contents.ReadVectorsAsync(manifest.IdOf(version), model.Id, cancellationToken) is { } vectors
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
