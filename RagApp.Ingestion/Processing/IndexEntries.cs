using RagApp.Ingestion.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>Writes stored versions into the index, from the store alone.</summary>
internal sealed class IndexEntries(IContentStore contents, IChunkIndexWriter index, IIndexGenerations generations, InheritedAccess access)
{
    /// <summary>Number of documents changed in the index in one call, which holds the locks of all of them.</summary>
    public const int Batch = 1_000;

    /// <summary>
    /// Writes the stored text and vectors of the searchable version into the index, under the effective access list.
    /// When text or vectors are missing, the document is removed from the index, so that nobody finds it who lost the
    /// right.
    /// </summary>
    /// <exception cref="Storage.Blobs.CorruptBlobException">Content or vectors are damaged.</exception>
    public async Task<IndexWrite> WriteAsync(DocumentManifest manifest, DocumentVersion version, CancellationToken cancellationToken)
    {
        if (await generations.FindCurrentAsync(manifest.Tenant, cancellationToken) is not { } generation)
            return IndexWrite.NoIndex;
        if (await ReadAsync(manifest, version, generation.Model, cancellationToken) is { } document)
        {
            await index.ReplaceAsync(document, cancellationToken);
            return IndexWrite.Written;
        }
        await index.RemoveAsync(manifest.Tenant, [manifest.Id], cancellationToken);
        return IndexWrite.Missing;
    }

    /// <summary>
    /// Creates the index entry of a version, under the effective access list. The caller holds the document's lock or watches
    /// for changes.
    /// </summary>
    public async Task<IndexedDocument> CreateAsync(
        DocumentManifest manifest, DocumentVersion version, DocumentContent content, DocumentVectors vectors, CancellationToken cancellationToken) => new(
        manifest.Tenant, manifest.Id, manifest.Incarnation, version.Number, manifest.Path, content.Title, FilterProperties.Of(manifest, version, content.Language),
        (await access.ResolveAsync(manifest, cancellationToken)).Access, vectors.Model,
        [.. content.Passages.Zip(vectors.Vectors, (passage, vector) =>
            new ChunkEntry(passage.Ordinal, passage.Text, passage.Section, passage.Page, vector))]);

    /// <summary>The index entry from the store; null when text or vectors of that model are missing.</summary>
    /// <exception cref="Storage.Blobs.CorruptBlobException">Content or vectors are damaged.</exception>
    private async Task<IndexedDocument?> ReadAsync(
        DocumentManifest manifest, DocumentVersion version, string model, CancellationToken cancellationToken) =>
        await contents.ReadAsync(manifest.IdOf(version), cancellationToken) is { } content
        && await contents.ReadVectorsAsync(manifest.IdOf(version), model, cancellationToken) is { } vectors
            ? await CreateAsync(manifest, version, content, vectors, cancellationToken)
            : null;
}

internal enum IndexWrite
{
    Written,

    /// <summary>The tenant has no index, so there is nothing to change; a rebuild reads the store.</summary>
    NoIndex,

    /// <summary>The store has no text of the version, or no vectors of the index's model.</summary>
    Missing,
}
