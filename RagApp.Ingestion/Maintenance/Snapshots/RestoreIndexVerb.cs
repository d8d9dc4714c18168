using System.Globalization;
using RagApp.Ingestion.Maintenance.Sweep;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>Replaces the index by a snapshot, applies today's access lists, and runs a sweep that adds what is missing.</summary>
internal sealed class RestoreIndexVerb(IndexRestore restore, SweepVerb sweep, TimeProvider time) : IMaintenanceVerb
{
    private const string From = "--from";

    public static VerbDescription Description { get; } = new(
        "restore-index",
        "Replaces the index by a snapshot, and sweeps.",
        """
        Checks a folder that 'snapshot-index' wrote, takes it in beside the index, gives every document in it the access
        list that it has by now, takes out what was deleted or replaced since, and only then lets it answer: no search
        goes by rights of the past. Uploads and changes of access wait for that. Then it sweeps: what was uploaded after
        the copy was made is added from the document store.

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
        var (changed, removed) = await restore.RunAsync(folder, progress, cancellationToken);
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"The index is back from {folder.Path}: {folder.Describe()} in {time.GetElapsedTime(started).TotalSeconds:N1} s."));
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"Before searches used the copy, {changed:N0} documents in it got their current access list, and {removed:N0} were removed. Now the copy is compared with the store."));
        return await sweep.RunAsync(VerbArguments.None, progress, cancellationToken);
    }
}
