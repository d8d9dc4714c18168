using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>Stored versions as the index takes them in: what is in the store is all it takes.</summary>
internal sealed class IndexEntries(IDocumentStore store, IChunkIndexWriter index, IIndexGenerations generations, InheritedAccess access)
{
    /// <summary>Documents that the index is told of in one call; each waits as long for its lock.</summary>
    public const int Batch = 1_000;

    /// <summary>
    /// Writes what the store has of the answering version into the index, under the access list that counts now. When
    /// content or vectors are missing the document is taken out: better found by nobody than by those who lost the right.
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

    /// <summary>The version as the index takes it in, under the access list that counts now; who calls holds the document's lock, or watches for changes.</summary>
    public async Task<IndexedDocument> CreateAsync(
        DocumentManifest manifest, DocumentVersion version, DocumentContent content, DocumentVectors vectors, CancellationToken cancellationToken) => new(
        manifest.Tenant, manifest.Id, manifest.Incarnation, version.Number, manifest.Path, content.Title, FilterProperties.Of(manifest, version, content.Language),
        (await access.ResolveAsync(manifest, cancellationToken)).Access, vectors.Model,
        [.. content.Passages.Zip(vectors.Vectors, (passage, vector) =>
            new ChunkEntry(passage.Ordinal, passage.Text, passage.Section, passage.Page, vector))]);

    /// <summary>Null when content or vectors of that model are missing.</summary>
    /// <exception cref="Storage.Blobs.CorruptBlobException">Content or vectors are damaged.</exception>
    private async Task<IndexedDocument?> ReadAsync(
        DocumentManifest manifest, DocumentVersion version, string model, CancellationToken cancellationToken) =>
        await store.ReadContentAsync(manifest.IdOf(version), cancellationToken) is { } content
        && await store.ReadVectorsAsync(manifest.IdOf(version), model, cancellationToken) is { } vectors
            ? await CreateAsync(manifest, version, content, vectors, cancellationToken)
            : null;
}

internal enum IndexWrite
{
    Written,

    /// <summary>The tenant has no index: there is nothing to change, and a rebuild reads the store.</summary>
    NoIndex,

    /// <summary>The store has no text, or no vectors of the index's model.</summary>
    Missing,
}
