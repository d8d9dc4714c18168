namespace RagApp.Storage.Documents;

/// <summary>
/// The source of truth: originals, what was read out of them, vectors and manifests. Index and queue can be
/// lost and rebuilt from it. It checks no permissions: callers hold an <see cref="Access.AccessFilter"/> against
/// the manifest's access list before they give anything out.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Stores an original from a stream without holding it in memory.</summary>
    /// <exception cref="OriginalTooLargeException">It is larger than <paramref name="maxBytes"/>; nothing is kept.</exception>
    Task<StoredOriginal> WriteOriginalAsync(string tenant, Stream content, long maxBytes, CancellationToken cancellationToken);

    Task<Stream?> OpenOriginalAsync(string tenant, string originalId, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the original of a version to be read from beginning to end: a stream whose last read throws
    /// <see cref="Blobs.CorruptBlobException"/> when the bytes are not those that were uploaded.
    /// </summary>
    Task<Stream?> OpenOriginalAsync(string tenant, DocumentVersion version, CancellationToken cancellationToken);

    Task DeleteOriginalAsync(string tenant, string originalId, CancellationToken cancellationToken);

    /// <summary>Ids of the originals that were written before a moment, in ordinal order.</summary>
    IAsyncEnumerable<string> ListOriginalsAsync(string tenant, DateTimeOffset before, CancellationToken cancellationToken);

    Task<StoredManifest?> FindAsync(string tenant, string documentId, CancellationToken cancellationToken);

    /// <summary>Saves a manifest: a new one when <paramref name="etag"/> is null, else over the state that the tag names.</summary>
    /// <exception cref="Blobs.BlobConflictException">Somebody else changed it; read again and decide again.</exception>
    Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken);

    /// <summary>All manifests of a tenant, by document id, after <paramref name="afterId"/>. A damaged one is reported and left out.</summary>
    IAsyncEnumerable<StoredManifest> ListAsync(string tenant, string? afterId, CancellationToken cancellationToken);

    /// <summary>The ids of the tenant's documents, in ordinal order, without reading them.</summary>
    IAsyncEnumerable<string> ListIdsAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Everything there is under the tenant's document ids, in ordinal order, damaged or left over as it may be.</summary>
    IAsyncEnumerable<StoredDocument> InspectAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Tenants that have documents, or had some: what was recorded of them stays.</summary>
    IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken);

    /// <summary>The documents that came out of an upload; null when none did.</summary>
    Task<StoredTree?> FindTreeAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken);

    /// <summary>Saves a tree: a new one when <paramref name="etag"/> is null, else over the state that the tag names.</summary>
    /// <exception cref="Blobs.BlobConflictException">Somebody else changed it; read again and decide again.</exception>
    Task<StoredTree> SaveTreeAsync(DocumentTree tree, string? etag, CancellationToken cancellationToken);

    Task DeleteTreeAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken);

    Task WriteContentAsync(VersionId version, DocumentContent content, CancellationToken cancellationToken);

    Task<DocumentContent?> ReadContentAsync(VersionId version, CancellationToken cancellationToken);

    /// <summary>Writes vectors beside those of other models.</summary>
    Task WriteVectorsAsync(VersionId version, DocumentVectors vectors, CancellationToken cancellationToken);

    /// <summary>The vectors that a model made of this version; null when there are none of it.</summary>
    Task<DocumentVectors?> ReadVectorsAsync(VersionId version, string model, CancellationToken cancellationToken);

    Task DeleteVectorsAsync(VersionId version, string model, CancellationToken cancellationToken);

    /// <summary>Removes content and vectors of one version.</summary>
    Task DeleteVersionAsync(VersionId version, CancellationToken cancellationToken);

    /// <summary>Removes the manifest, which ends the document. Originals and versions are removed before it.</summary>
    Task DeleteManifestAsync(string tenant, string documentId, CancellationToken cancellationToken);

    /// <summary>The model that the tenant's passages are getting vectors of, from the beginning to the end of that work.</summary>
    Task<string?> FindReembeddingAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Null ends it.</summary>
    Task SetReembeddingAsync(string tenant, string? model, CancellationToken cancellationToken);
}
