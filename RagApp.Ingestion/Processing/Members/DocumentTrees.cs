using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>Changes the tree of an upload under optimistic concurrency: several of its documents are in work at once.</summary>
internal sealed class DocumentTrees(IDocumentStore store)
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

    private Task<StoredTree?> FindAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        store.FindTreeAsync(manifest.Tenant, RootOf(manifest), cancellationToken);
}
