using System.Globalization;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>The folder of a snapshot, as a verb is told it.</summary>
internal sealed record SnapshotFolder(string Path)
{
    /// <exception cref="VerbException">It is not named, or by a path that the service would read from its own folder.</exception>
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

    /// <summary>Says twice a second how far the folder has come, or that it still goes on, until the work is done.</summary>
    public async Task WatchAsync(Task work, string what, IProgress<VerbUpdate> progress, TimeProvider time)
    {
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(500), time, CancellationToken.None)) != work)
            progress.Status($"{what}: {Describe()}");
        await work;
    }
}
