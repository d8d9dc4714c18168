using System.Globalization;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>The folder of a snapshot, read from a verb's options.</summary>
internal sealed record SnapshotFolder(string Path)
{
    /// <exception cref="VerbException">
    /// The folder is not named, or its path is relative, and would be taken from the service's own folder.
    /// </exception>
    public static SnapshotFolder Read(VerbArguments arguments, string option)
    {
        var path = arguments.Find(option) ?? throw VerbException.Usage($"Which folder? {option} DIR.");
        return System.IO.Path.IsPathFullyQualified(path)
            ? new SnapshotFolder(path)
            : throw VerbException.Usage($"'{path}' is no full path: the service, which runs elsewhere, is told the folder. Write it from the root.");
    }

    public (int Files, long Bytes) Measure()
    {
        var files = new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).ToList();
        return (files.Count, files.Sum(file => file.Exists ? file.Length : 0));
    }

    public string Describe()
    {
        var (files, bytes) = Measure();
        return string.Create(CultureInfo.InvariantCulture, $"{files:N0} files, {bytes / (double)(1 << 20):N1} MiB");
    }

    /// <summary>Reports the size of the folder twice a second until the work is done.</summary>
    public async Task WatchAsync(Task work, string what, IProgress<VerbUpdate> progress, TimeProvider time)
    {
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(500), time, CancellationToken.None)) != work)
            progress.Status($"{what}: {Describe()}");
        await work;
    }
}
