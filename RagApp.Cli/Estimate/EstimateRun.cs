using System.Collections.Concurrent;
using System.Globalization;
using RagApp.Cli.Ingest;

namespace RagApp.Cli.Estimate;

/// <summary>One run of <c>ingest --estimate</c>: reads the files of the folder here, and reports. Nothing is sent, and no server is asked.</summary>
internal sealed class EstimateRun(IngestSettings settings)
{
    private readonly ConcurrentBag<FileEstimate> _read = [];
    private int _files;

    /// <summary>Executes the run and returns its exit code, see <see cref="ExitCode"/>.</summary>
    public static async Task<int> ExecuteAsync(IngestSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Folder.Exists)
            return await new EstimateRun(settings).RunAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"There is no folder {settings.Folder.FullName}.");
        return ExitCode.CouldNotRun;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (files, problems) = new FolderScan(settings).Run(cancellationToken);
        _files = files.Count;
        var interrupted = false;
        try
        {
            await ShowAsync(() => ReadAsync(files, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            interrupted = true;
        }
        var read = _read.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        await EstimateReport.Of(read, problems, interrupted).WriteAsync(settings.Json);
        return interrupted ? ExitCode.Interrupted : ExitCode.Fine;
    }

    private async Task ReadAsync(IReadOnlyList<LocalFile> files, CancellationToken cancellationToken)
    {
        using var estimator = new FileEstimator();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, options, async (file, stop) => _read.Add(await estimator.ReadAsync(file, stop)));
    }

    private async Task ShowAsync(Func<Task> work)
    {
        if (Console.IsErrorRedirected || settings.Json)
        {
            await IngestProgress.RepeatAsync(work(), IngestProgress.LineEvery, () => Console.Error.WriteLine(Line()));
            return;
        }
        await IngestProgress.Bars().StartAsync(async context =>
        {
            var reading = context.AddTask("Reading", maxValue: Math.Max(_files, 1));
            await IngestProgress.RepeatAsync(work(), IngestProgress.Redraw, Draw);
            Draw();

            void Draw() => (reading.Value, reading.Description) = (_read.Count, Line());
        });
    }

    private string Line() => string.Create(CultureInfo.InvariantCulture, $"Read {_read.Count:N0} of {_files:N0} files");
}
