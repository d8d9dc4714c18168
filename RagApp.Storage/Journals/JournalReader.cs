using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// Reads the records of a journal in the order of their times. Segments are listed by their first record and may overlap,
/// since several processes write them: a record is returned once no later segment can hold an earlier record. Only
/// overlapping segments are in memory.
/// </summary>
internal sealed class JournalReader<T>(IBlobStore blobs, string journal, JsonTypeInfo<T> type, Func<T, DateTimeOffset> at)
{
    /// <param name="isReplaced">True for the key of a segment that is left out.</param>
    /// <exception cref="DamagedJournalException">Some segments are damaged; thrown after all readable records.</exception>
    public async IAsyncEnumerable<T> ReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, Func<string, bool> isReplaced, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var damaged = new List<string>();
        var held = new PriorityQueue<T, (DateTimeOffset At, long Order)>();
        long order = 0;
        await foreach (var (key, start) in SegmentsAsync(tenant, from, to, damaged, cancellationToken))
        {
            while (held.TryPeek(out _, out var position) && position.At < start)
                yield return held.Dequeue();
            foreach (var record in isReplaced(key) ? [] : await ReadSegmentAsync(key, damaged, cancellationToken))
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
                damaged.Add($"'{key}' is not a segment of the journal");
            else if (start < to)
                yield return (key, start.Value);
            else
                break;
        }
    }

    /// <summary>All records of some segments.</summary>
    /// <exception cref="DamagedJournalException">One of them is damaged.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var (damaged, records) = (new List<string>(), new List<T>());
        foreach (var key in keys)
            records.AddRange(await ReadSegmentAsync(key, damaged, cancellationToken));
        return damaged.Count == 0 ? records : throw new DamagedJournalException(damaged);
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

/// <summary>Some segments of a journal are damaged. It is thrown after all other segments were read.</summary>
public sealed class DamagedJournalException(IReadOnlyList<string> problems)
    : Exception($"The journal is damaged: {string.Join("; ", problems)}. Restore these from a backup; nothing else of it is affected.")
{
    /// <summary>One sentence for each damaged segment, with its key.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
