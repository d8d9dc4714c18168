namespace RagApp.Storage.Index;

/// <summary>Copies of the whole index, all tenants, from which it comes back without reading every document.</summary>
public interface IIndexSnapshots
{
    /// <summary>Writes the index as of now into an empty folder, while it is searched and written, with a checksum per file.</summary>
    Task CreateAsync(string folder, CancellationToken cancellationToken);

    /// <summary>
    /// Checks the snapshot and takes it in beside the index. It says who could read what when it was made: the caller
    /// brings that up to date before it lets it answer.
    /// </summary>
    /// <exception cref="InvalidDataException">A file of the snapshot is missing or damaged; the index is as it was.</exception>
    Task<IRestoredIndex> RestoreAsync(string folder, CancellationToken cancellationToken);
}

/// <summary>An index out of a snapshot, which no search finds yet. Disposed before <see cref="SwitchAsync"/>, it is gone and the old one goes on.</summary>
public interface IRestoredIndex : IAsyncDisposable
{
    IReadOnlyList<string> Tenants { get; }

    /// <summary>What it holds of a tenant, as <see cref="IChunkIndexWriter.ScanAsync"/> says it. Changes may be made meanwhile.</summary>
    IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, CancellationToken cancellationToken);

    Task ChangeAccessAsync(string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken);

    Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken);

    /// <summary>
    /// Puts it in the place of the index; a tenant that it does not have has none any more. What was written after the
    /// snapshot is missing until a sweep has compared index and store.
    /// </summary>
    Task SwitchAsync(CancellationToken cancellationToken);
}
