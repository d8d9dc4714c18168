using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// The access list that counts for a document. What came out of an upload has none of its own: the upload's list counts
/// for it at every moment, so that no copy can drift from it. Whoever writes the index, or lets somebody read, asks here.
/// </summary>
internal sealed class InheritedAccess(IDocumentStore store)
{
    /// <summary>The document under the list that counts: an empty one, which opens nothing, when its upload is gone or going.</summary>
    /// <exception cref="Storage.Blobs.CorruptBlobException">The manifest of its upload is damaged.</exception>
    public async Task<DocumentManifest> ResolveAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifest.Origin is null
            ? manifest
            : manifest with { Access = await FindRootAsync(manifest, cancellationToken) is { Deleted: false } root ? root.Access : [] };

    /// <summary>The list until now, also while the upload is being deleted.</summary>
    public async Task<IReadOnlyList<string>> FormerAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifest.Origin is null ? manifest.Access : (await FindRootAsync(manifest, cancellationToken))?.Access ?? [];

    /// <summary>The upload that the document is or came out of; null when it is gone, also when another is at its path.</summary>
    public async Task<DocumentManifest?> FindRootAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await store.FindAsync(manifest.Tenant, manifest.UploadId, cancellationToken) is { Manifest: { Origin: null } root } && root.IsOfUploadOf(manifest)
            ? root
            : null;
}
