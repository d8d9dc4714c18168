using System.Globalization;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>Puts a snapshot in the place of the index, and then has a sweep bring it to what the store says.</summary>
internal sealed class RestoreIndexVerb(IIndexSnapshots snapshots, DocumentLocks locks, SweepVerb sweep, TimeProvider time) : IMaintenanceVerb
{
    private const string From = "--from";

    public static VerbDescription Description { get; } = new(
        "restore-index",
        "Puts a copy of the index in its place, and sweeps.",
        """
        Checks a folder that 'snapshot-index' wrote, puts it in the place of the index and sweeps: what was uploaded, deleted
        or shared otherwise after the copy was made is put right from the document store. Uploads wait until the copy is in
        its place. Until the sweep is through, searches go by the copy, also by its access lists: when rights were taken
        away or documents deleted since, stop 'query-router' until this is done.

        Exit code 1: the sweep found something, which is what is to be expected; its table says what it mended.
        """)
    {
        Options = [new VerbOption(From, "DIR", "the folder, from the root (required)")],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var folder = SnapshotFolder.Read(arguments, From);
        if (!Directory.Exists(folder.Path))
            throw new VerbException($"There is no folder {folder.Path}.");
        var started = time.GetTimestamp();
        using (await locks.LockAllAsync(cancellationToken))
            await RestoreAsync(folder, progress, cancellationToken);
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"The index is back from {folder.Path}: {folder.Describe()} in {time.GetElapsedTime(started).TotalSeconds:N1} s. Now it is compared with the store."));
        return await sweep.RunAsync(VerbArguments.None, progress, cancellationToken);
    }

    /// <exception cref="VerbException">The snapshot is damaged.</exception>
    private async Task RestoreAsync(SnapshotFolder folder, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        try
        {
            await folder.WatchAsync(snapshots.RestoreAsync(folder.Path, cancellationToken), "restoring", progress, time);
        }
        catch (InvalidDataException exception)
        {
            throw new VerbException($"{exception.Message} The index is as it was: take another snapshot, or run 'maintenance rebuild-index'.", inner: exception);
        }
    }
}
