using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents.Trees;

internal sealed class TreeStore(IBlobStore blobs) : ITreeStore
{
    public async Task<StoredTree?> FindAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.TreeOf(tenant, rootId, rootIncarnation);
        await using var blob = await blobs.OpenAsync(key, cancellationToken);
        return blob is null
            ? null
            : new StoredTree(await SealedJson.ReadAsync(key, blob.Content, DocumentsJson.Plain.DocumentTree, cancellationToken), blob.ETag);
    }

    public async Task<StoredTree> SaveAsync(DocumentTree tree, string? etag, CancellationToken cancellationToken)
    {
        await using var json = SealedJson.Write(tree, DocumentsJson.Plain.DocumentTree);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        return new StoredTree(tree, await blobs.PutAsync(DocumentKeys.TreeOf(tree.Tenant, tree.RootId, tree.RootIncarnation), json, condition, cancellationToken));
    }

    public Task DeleteAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(DocumentKeys.TreeOf(tenant, rootId, rootIncarnation), cancellationToken);
}
