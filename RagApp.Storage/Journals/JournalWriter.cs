using System.Security.Cryptography;
using RagApp.Storage.Blobs;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Storage.Journals;

/// <summary>
/// Appends lines to a journal, in segments. S3 cannot append, and a folder would flush the disk for each line: so the lines
/// that arrive while a segment of the tenant is being written share the next segment. A single line is written at once.
/// The callers bound the number of waiting lines, since each of them waits for its own line.
/// </summary>
/// <param name="chain">Chain that each segment is added to; null for a journal without one.</param>
internal sealed class JournalWriter(IBlobStore blobs, string journal, Telemetry telemetry, TimeProvider time, AuditChain? chain)
{
    private const int MaxLines = 1_000;
    private const int MaxBytes = 1 << 20;

    /// <summary>Lines for the next segment, by tenant folder; only tenants with a segment in progress have an entry.</summary>
    private readonly Dictionary<string, List<WaitingLine>> _gathering = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly string _writer = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private long _segments;

    /// <summary>Appends lines; returns when all of them are durable. When writing a segment fails, all its lines fail.</summary>
    public Task AppendAsync(string tenant, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = SegmentName.Folder(tenant, journal);
        var waiting = lines.Select(line => new WaitingLine(line, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))).ToList();
        bool idle;
        lock (_lock)
        {
            idle = !_gathering.TryGetValue(folder, out var gathering);
            if (idle)
                _gathering.Add(folder, [.. waiting]);
            else
                gathering!.AddRange(waiting);
        }
        if (idle)
            _ = Task.Run(() => WriteAllAsync(folder), CancellationToken.None);
        return Task.WhenAll(waiting.Select(line => line.Written.Task)).WaitAsync(cancellationToken);
    }

    private async Task WriteAllAsync(string folder)
    {
        while (Take(folder) is { Count: > 0 } batch)
            await WriteAsync(folder, batch);
    }

    /// <summary>Takes the lines of the next segment. When there are none, returns an empty list and removes the tenant's entry.</summary>
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

    /// <summary>True when the line is within half a span of the first line, so that any two lines are within one span.</summary>
    private static bool IsNear(WaitingLine line, WaitingLine first) => (line.Line.At - first.Line.At).Duration() <= SegmentName.Span / 2;

    private async Task WriteAsync(string folder, List<WaitingLine> batch)
    {
        var started = time.GetTimestamp();
        try
        {
            var lines = batch.Select(waiting => waiting.Line).OrderBy(line => line.At).ToList();
            var key = SegmentName.For(folder, lines[0].At, _writer, Interlocked.Increment(ref _segments));
            await using var content = SegmentFile.Write(lines);
            var hash = chain is null ? null : Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
            // the segment has lines of several callers: none may cancel it
            await blobs.PutAsync(key, content, BlobCondition.IfNew, CancellationToken.None);
            if (chain is not null)
                await chain.AddAsync(folder, key, hash!, lines.Count);
            telemetry.Written(journal, lines.Count, time.GetElapsedTime(started));
            batch.ForEach(waiting => waiting.Written.SetResult());
        }
        catch (Exception exception)
        {
            telemetry.Failed(journal, exception, time.GetElapsedTime(started));
            batch.ForEach(waiting => waiting.Written.TrySetException(exception));
        }
    }

    private sealed record WaitingLine(JournalLine Line, TaskCompletionSource Written);
}
