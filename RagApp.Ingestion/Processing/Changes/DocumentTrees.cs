using System.Collections.Concurrent;
using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Trees;

namespace RagApp.Ingestion.Processing.Changes;

/// <summary>
/// Reads and changes the tree of an upload, under optimistic concurrency, because several documents of an upload are processed at
/// once.
/// </summary>
internal sealed class DocumentTrees(IManifestStore documents, ITreeStore trees, DamageReport damage)
{
    public async Task<DocumentTree> ReadAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await FindAsync(manifest, cancellationToken) is { Tree: var tree } ? tree : EmptyOf(manifest);

    /// <param name="change">Returns the new tree; throws to leave the tree unchanged.</param>
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
                return (await trees.SaveAsync(changed, stored?.ETag, cancellationToken)).Tree;
            }
            catch (BlobConflictException)
            {
                // read again and decide again
            }
        }
    }

    /// <summary>
    /// Finds which of the given documents belong to the upload. The tree may name a document of somebody else who took
    /// the path meanwhile; the document's own manifest says which upload it was extracted from. While the caller holds
    /// the document's lock, no other document takes its place.
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
                if (await documents.FindAsync(ofUpload.Tenant, id, cancelled) is { Manifest: var found } && found.IsOfUploadOf(ofUpload))
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
        trees.FindAsync(manifest.Tenant, manifest.UploadId, manifest.UploadIncarnation, cancellationToken);

    private static DocumentTree EmptyOf(DocumentManifest manifest) =>
        DocumentTree.Empty(manifest.Tenant, manifest.UploadId, manifest.UploadIncarnation);
}

/// <summary>The documents found of one upload, in no order.</summary>
/// <param name="Own">Manifests of the upload and of children.</param>
/// <param name="Damaged">Ids of the documents whose manifests cannot be read: their owner is unknown, so nobody may find them.</param>
internal sealed record DocumentsInside(IReadOnlyCollection<DocumentManifest> Own, IReadOnlyCollection<string> Damaged);
