using System.Collections.Concurrent;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>Changes the tree of an upload under optimistic concurrency: several of its documents are in work at once.</summary>
internal sealed class DocumentTrees(IDocumentStore store, DamageReport damage)
{
    public async Task<DocumentTree> ReadAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await FindAsync(manifest, cancellationToken) is { Tree: var tree } ? tree : EmptyOf(manifest);

    /// <param name="change">The tree as it is to be; throws to leave it as it is.</param>
    public async Task<DocumentTree> ChangeAsync(DocumentManifest manifest, Func<DocumentTree, DocumentTree> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await FindAsync(manifest, cancellationToken);
            var changed = change(stored?.Tree ?? EmptyOf(manifest));
            if (stored is null && changed.Nodes.Count == 0)
                return changed;
            try
            {
                return (await store.SaveTreeAsync(changed, stored?.ETag, cancellationToken)).Tree;
            }
            catch (BlobConflictException)
            {
                // read again and decide again
            }
        }
    }

    /// <summary>
    /// Looks which of these documents are of an upload. A list of the tree may name somebody else's document, whose path was
    /// taken in the moment in between: whether one came out of this upload, in this life of its path, is what its own
    /// manifest says. As long as the caller holds a document's lock, nobody else's comes in its place.
    /// </summary>
    /// <param name="ofUpload">Any document of the upload.</param>
    public async Task<DocumentsInside> FindOwnAsync(DocumentManifest ofUpload, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var own = new ConcurrentBag<DocumentManifest>();
        var damaged = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(ids, ManifestEditor.ManyAtOnce(cancellationToken), async (id, cancelled) =>
        {
            try
            {
                if (await store.FindAsync(ofUpload.Tenant, id, cancelled) is { Manifest: var found } && found.IsOfUploadOf(ofUpload))
                    own.Add(found);
            }
            catch (CorruptBlobException exception)
            {
                damage.Add(exception);
                damaged.Add(id);
            }
        });
        return new DocumentsInside(own, damaged);
    }

    private Task<StoredTree?> FindAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        store.FindTreeAsync(manifest.Tenant, manifest.UploadId, manifest.UploadIncarnation, cancellationToken);

    private static DocumentTree EmptyOf(DocumentManifest manifest) =>
        DocumentTree.Empty(manifest.Tenant, manifest.UploadId, manifest.UploadIncarnation);
}
