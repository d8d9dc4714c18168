using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// Reads journals of one name back by time. Segments come in the order of their first records and may overlap, since
/// several processes write them: a record is given out once no segment to come can hold an earlier one. In memory
/// are only segments that overlap.
/// </summary>
internal sealed class JournalReader<T>(IBlobStore blobs, string journal, JsonTypeInfo<T> type, Func<T, DateTimeOffset> at)
{
    /// <exception cref="DamagedJournalException">After everything that could be read.</exception>
    public async IAsyncEnumerable<T> ReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var damaged = new List<string>();
        var held = new PriorityQueue<T, (DateTimeOffset At, long Order)>();
        long order = 0;
        await foreach (var (key, start) in SegmentsAsync(tenant, from, to, damaged, cancellationToken))
        {
            while (held.TryPeek(out _, out var position) && position.At < start)
                yield return held.Dequeue();
            foreach (var record in await ReadSegmentAsync(key, damaged, cancellationToken))
            {
                if (at(record) >= from && at(record) < to)
                    held.Enqueue(record, (at(record), order++));
            }
        }
        while (held.TryDequeue(out var record, out _))
            yield return record;
        if (damaged.Count > 0)
            throw new DamagedJournalException(damaged);
    }

    private async IAsyncEnumerable<(string Key, DateTimeOffset Start)> SegmentsAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, List<string> damaged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = SegmentName.Folder(tenant, journal);
        var earliest = from - DateTimeOffset.MinValue > SegmentName.Span ? from - SegmentName.Span : DateTimeOffset.MinValue;
        await foreach (var key in blobs.ListAsync(folder, SegmentName.Before(folder, earliest), cancellationToken))
        {
            if (!SegmentName.TryParseStart(folder, key, out var start))
                damaged.Add($"'{key}' is no segment, somebody put it there");
            else if (start < to)
                yield return (key, start.Value);
            else
                break;
        }
    }

    private async Task<IReadOnlyList<T>> ReadSegmentAsync(string key, List<string> damaged, CancellationToken cancellationToken)
    {
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        try
        {
            if (blob is null)
                throw new CorruptBlobException(key, "it was removed");
            using var bytes = new MemoryStream();
            await blob.CopyToAsync(bytes, cancellationToken);
            return SegmentFile.Read(key, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), type);
        }
        catch (CorruptBlobException exception)
        {
            damaged.Add($"'{key}': {exception.Problem}");
            return [];
        }
    }
}
