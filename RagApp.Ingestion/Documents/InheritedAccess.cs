using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Documents;

/// <summary>
/// Finds the effective access list of a document. An child document has no list of its own: the list of its upload
/// applies at every moment, so that no copy can become stale. Code that writes the index or lets somebody read uses
/// this class.
/// </summary>
internal sealed class InheritedAccess(IManifestStore documents)
{
    /// <summary>
    /// The manifest with its effective access list, which is empty, and so grants nothing, when the upload is gone or being
    /// deleted.
    /// </summary>
    /// <exception cref="Storage.Blobs.CorruptBlobException">The manifest of the upload is damaged.</exception>
    public async Task<DocumentManifest> ResolveAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifest.Origin is null
            ? manifest
            : manifest with { Access = await FindRootAsync(manifest, cancellationToken) is { Deleted: false } root ? root.Access : [] };

    /// <summary>The effective list up to now, also while the upload is being deleted.</summary>
    public async Task<IReadOnlyList<string>> FormerAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifest.Origin is null ? manifest.Access : (await FindRootAsync(manifest, cancellationToken))?.Access ?? [];

    /// <summary>
    /// The document itself when it is an upload, otherwise the upload that it was extracted from; null when the upload is gone,
    /// even if another document is at its path.
    /// </summary>
    public async Task<DocumentManifest?> FindRootAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await documents.FindAsync(manifest.Tenant, manifest.UploadId, cancellationToken) is { Manifest: { Origin: null } root } && root.IsOfUploadOf(manifest)
            ? root
            : null;
}
