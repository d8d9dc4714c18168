using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// The access list that counts for a document now. While a change of the list of an upload is on its way to the
/// thousands of documents that may have come out of it, the upload's new list counts for them all, whatever their own
/// manifests still say: whoever writes the index, or lets somebody read, asks here.
/// </summary>
internal sealed class InheritedAccess(IDocumentStore store)
{
    /// <summary>The document under the list that counts.</summary>
    public async Task<DocumentManifest> ResolveAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifest.Origin is { RootId: var root }
        && await store.FindAsync(manifest.Tenant, root, cancellationToken) is { Manifest: { AccessPending: true } upload }
            ? manifest with { Access = upload.Access }
            : manifest;
}
