using RagApp.Storage.Access;

namespace RagApp.Storage.Index;

/// <summary>
/// Creates and restores snapshots of the whole index with all tenants, so that a lost index need not be rebuilt from the
/// documents.
/// </summary>
public interface IIndexSnapshots
{
    /// <summary>Kind of the index, such as <c>lucene</c>: only an index of the same kind can restore a snapshot.</summary>
    string Kind { get; }

    /// <summary>Writes a snapshot of the index, with a checksum per file, into an empty folder, while searches and changes continue.</summary>
    Task CreateAsync(string folder, CancellationToken cancellationToken);

    /// <summary>
    /// Verifies the snapshot and restores it beside the index. Its access lists are those from when it was made: the caller
    /// updates them before the restored index answers.
    /// </summary>
    /// <exception cref="InvalidDataException">A file of the snapshot is missing or damaged; the index is unchanged.</exception>
    Task<IRestoredIndex> RestoreAsync(string folder, CancellationToken cancellationToken);

    /// <summary>
    /// Restores the snapshot to look at it: the result is disposed without a switch, and neither the index nor a restore in
    /// another process notices.
    /// </summary>
    /// <exception cref="InvalidDataException">A file of the snapshot is missing or damaged.</exception>
    Task<IRestoredIndex> TryOutAsync(string folder, CancellationToken cancellationToken);
}

/// <summary>
/// An index restored from a snapshot, which no search uses yet. Disposing it before <see cref="SwitchAsync"/> removes it, and
/// the present index stays.
/// </summary>
public interface IRestoredIndex : IAsyncDisposable
{
    IReadOnlyList<string> Tenants { get; }

    /// <summary>The indexed versions of a tenant, as <see cref="IChunkIndexWriter.ScanAsync"/> lists them. Changes are allowed meanwhile.</summary>
    IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Searches the restored index as <see cref="IChunkIndex.SearchAsync"/> does. Not together with a change.</summary>
    Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken);

    Task ChangeAccessAsync(string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken);

    Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the index with the restored one; a tenant that the snapshot lacks has no index afterwards. Documents written
    /// after the snapshot are missing until a sweep compares index and store.
    /// </summary>
    Task SwitchAsync(CancellationToken cancellationToken);
}
