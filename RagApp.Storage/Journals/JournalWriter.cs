using System.Security.Cryptography;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// Appends lines to the journals of one name. S3 cannot append, and a folder would flush the disk for each line; so
/// while a segment of a tenant is written, the lines that come meanwhile gather and go into the next one together.
/// One line alone is written at once. What waits is bounded by its callers, each of which waits for its own line.
/// </summary>
internal sealed class JournalWriter(IBlobStore blobs, string journal, TimeProvider time)
{
    private const int MaxLines = 1_000;
    private const int MaxBytes = 1 << 20;

    /// <summary>Lines of the tenants of which a segment is being written just now, and of no others.</summary>
    private readonly Dictionary<string, List<WaitingLine>> _gathering = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly string _writer = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private long _segments;

    /// <summary>Returns when the line is durable. When writing its segment fails, all that were in it fail.</summary>
    public Task AppendAsync(string tenant, JournalLine line, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = SegmentName.Folder(tenant, journal);
        var waiting = new WaitingLine(line, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        bool idle;
        lock (_lock)
        {
            idle = !_gathering.TryGetValue(folder, out var gathering);
            if (idle)
                _gathering.Add(folder, [waiting]);
            else
                gathering!.Add(waiting);
        }
        if (idle)
            _ = Task.Run(() => WriteAllAsync(folder), CancellationToken.None);
        return waiting.Written.Task.WaitAsync(cancellationToken);
    }

    private async Task WriteAllAsync(string folder)
    {
        while (Take(folder) is { Count: > 0 } batch)
            await WriteAsync(folder, batch);
    }

    /// <summary>The next segment's lines; none when all are written, and the tenant is forgotten.</summary>
    private List<WaitingLine> Take(string folder)
    {
        lock (_lock)
        {
            var gathering = _gathering[folder];
            var batch = new List<WaitingLine>();
            var rest = new List<WaitingLine>();
            var bytes = 0;
            foreach (var waiting in gathering)
            {
                bytes += waiting.Line.Json.Length;
                var fits = batch.Count == 0 || (batch.Count < MaxLines && bytes <= MaxBytes && IsNear(waiting, batch[0]));
                (fits ? batch : rest).Add(waiting);
            }
            if (batch.Count == 0)
                _gathering.Remove(folder);
            else
                _gathering[folder] = rest;
            return batch;
        }
    }

    /// <summary>Within half a span of the first, so that any two are within one.</summary>
    private static bool IsNear(WaitingLine line, WaitingLine first) => (line.Line.At - first.Line.At).Duration() <= SegmentName.Span / 2;

    private async Task WriteAsync(string folder, List<WaitingLine> batch)
    {
        var started = time.GetTimestamp();
        try
        {
            var lines = batch.Select(waiting => waiting.Line).OrderBy(line => line.At).ToList();
            var key = SegmentName.For(folder, lines[0].At, _writer, Interlocked.Increment(ref _segments));
            await using var content = SegmentFile.Write(lines);
            await blobs.PutAsync(key, content, BlobCondition.IfNew, CancellationToken.None); // it is everybody's: one who goes away stops nothing
            JournalTelemetry.Written(journal, lines.Count, time.GetElapsedTime(started));
            batch.ForEach(waiting => waiting.Written.SetResult());
        }
        catch (Exception exception)
        {
            JournalTelemetry.Failed(journal, exception, time.GetElapsedTime(started));
            batch.ForEach(waiting => waiting.Written.TrySetException(exception));
        }
    }

    private sealed record WaitingLine(JournalLine Line, TaskCompletionSource Written);
}
