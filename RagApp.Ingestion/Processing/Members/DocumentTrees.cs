using System.Collections.Concurrent;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>Changes the tree of an upload under optimistic concurrency: several of its documents are in work at once.</summary>
internal sealed class DocumentTrees(IDocumentStore store, DamageReport damage)
{
    public static string RootOf(DocumentManifest manifest) => manifest.Origin?.RootId ?? manifest.Id;

    public async Task<DocumentTree> ReadAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await FindAsync(manifest, cancellationToken) is { Tree: var tree } ? tree : DocumentTree.Empty(manifest.Tenant, RootOf(manifest));

    /// <param name="change">The tree as it is to be; throws to leave it as it is.</param>
    public async Task<DocumentTree> ChangeAsync(DocumentManifest manifest, Func<DocumentTree, DocumentTree> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await FindAsync(manifest, cancellationToken);
            var changed = change(stored?.Tree ?? DocumentTree.Empty(manifest.Tenant, RootOf(manifest)));
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
    /// Everything inside a document. A list of the tree may name somebody else's document, whose path was taken in the
    /// moment in between: whether one came out of this upload is what its own manifest says.
    /// </summary>
    public Task<DocumentsInside> FindInsideAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        FindInsideAsync(manifest, [manifest.Id], cancellationToken);

    /// <param name="ofUpload">Any document of the upload.</param>
    /// <param name="outer">Those that are looked into.</param>
    public async Task<DocumentsInside> FindInsideAsync(
        DocumentManifest ofUpload, IReadOnlyCollection<string> outer, CancellationToken cancellationToken)
    {
        var tree = await ReadAsync(ofUpload, cancellationToken);
        var own = new ConcurrentBag<string>();
        var damaged = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(outer.SelectMany(tree.Inside).Distinct(StringComparer.Ordinal), ManifestEditor.ManyAtOnce(cancellationToken), async (id, cancelled) =>
        {
            try
            {
                if (await store.FindAsync(ofUpload.Tenant, id, cancelled) is { Manifest: var found } && found.Origin?.RootId == tree.RootId)
                    own.Add(id);
            }
            catch (CorruptBlobException exception)
            {
                damage.Add(exception);
                damaged.Add(id);
            }
        });
        return new DocumentsInside([.. own], [.. damaged]);
    }

    private Task<StoredTree?> FindAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        store.FindTreeAsync(manifest.Tenant, RootOf(manifest), cancellationToken);
}
