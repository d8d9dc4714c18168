using System.Globalization;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>Writes a snapshot of the index, which can be restored without reading every document.</summary>
internal sealed class SnapshotIndexVerb(IIndexSnapshots snapshots, TimeProvider time) : IMaintenanceVerb
{
    private const string To = "--to";

    public static VerbDescription Description { get; } = new(
        "snapshot-index",
        "Writes a copy of the index into a folder.",
        """
        Writes the index of all tenants, as it is now, into a folder that is empty or not there yet, with a checksum for
        every file. It is searched and written meanwhile. What counts is the document store: back that up first, then the
        index, so that a sweep finds everything that the copy names.
        """)
    {
        Options = [new VerbOption(To, "DIR", "the folder, from the root (required)")],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var folder = SnapshotFolder.Read(arguments, To);
        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw new VerbException($"{folder.Path} is not empty: name another folder, or empty that one.");
        Directory.CreateDirectory(folder.Path);
        var started = time.GetTimestamp();
        await folder.WatchAsync(snapshots.CreateAsync(folder.Path, cancellationToken), "snapshot", progress, time);
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"The index is in {folder.Path}: {folder.Describe()} in {time.GetElapsedTime(started).TotalSeconds:N1} s"));
        return MaintenanceExit.Done;
    }
}
