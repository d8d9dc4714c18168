using RagApp.Ingestion.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>Replaces the index by a snapshot, with the access lists of today; uploads and changes of access wait for that.</summary>
internal sealed class IndexRestore(IIndexSnapshots snapshots, AccessOfToday access, DocumentLocks locks, TimeProvider time)
{
    /// <returns>The number of documents that got another access list, and the number of documents removed.</returns>
    /// <exception cref="VerbException">The snapshot is damaged; the index is unchanged.</exception>
    public async Task<(int Changed, int Removed)> RunAsync(SnapshotFolder folder, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAllAsync(cancellationToken);
        try
        {
            var restoring = snapshots.RestoreAsync(folder.Path, cancellationToken);
            await folder.WatchAsync(restoring, "restoring", progress, time);
            await using var restored = await restoring;
            var changes = await access.ApplyAsync(restored, progress, cancellationToken);
            await restored.SwitchAsync(cancellationToken);
            return changes;
        }
        catch (InvalidDataException exception)
        {
            throw new VerbException($"{exception.Message} The index is as it was: take another snapshot, or run 'maintenance rebuild-index'.", inner: exception);
        }
    }
}
