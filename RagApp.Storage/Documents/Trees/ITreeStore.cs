namespace RagApp.Storage.Documents.Trees;

/// <summary>Stores for each upload the tree of documents that were extracted from it.</summary>
public interface ITreeStore
{
    /// <summary>The tree of an upload; null when no document was extracted from it.</summary>
    Task<StoredTree?> FindAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken);

    /// <summary>Saves a tree: as a new one when <paramref name="etag"/> is null, else over the state with this entity tag.</summary>
    /// <exception cref="Blobs.BlobConflictException">Another writer changed the tree; read it again and repeat the change.</exception>
    Task<StoredTree> SaveAsync(DocumentTree tree, string? etag, CancellationToken cancellationToken);

    Task DeleteAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken);
}
