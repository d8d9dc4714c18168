using System.Globalization;
using System.Text.Json;
using RagApp.Contracts.Usage;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// Sums the usage journal up by day, so that it stays small and quick to read. The segments of a day are replaced in three steps:
/// 1. the sums are written, with the keys of the segments that are in them, 2. the segments are deleted, 3. the keys are forgotten.
/// A crash after a step changes nothing that a reader sees: segments whose keys are in the sums count as deleted. Several processes may
/// do it at once: the sums are written on the condition that nobody else has changed them.
/// </summary>
internal sealed class UsageDays(IBlobStore blobs, Journal<UsageRecord> journal, TimeProvider time)
{
    /// <summary>Days for which each call has its own record: the ledger reads hours of the last week, and ids of the last hour.</summary>
    private const int Detailed = 10;

    private const string Name = "usage-days";

    /// <summary>First moment whose calls are never summed, with a day in hand for clocks that differ.</summary>
    public DateTimeOffset DetailedFrom => Today.AddDays(1 - Detailed);

    private DateTimeOffset Today => new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Sums up the days of a tenant that are old enough.</summary>
    /// <returns>Number of segments that were replaced.</returns>
    /// <exception cref="DamagedJournalException">A segment is damaged: its day stays as it is, all others are summed.</exception>
    public async Task<int> SumAsync(string tenant, CancellationToken cancellationToken)
    {
        var (replaced, problems) = (0, new List<string>());
        foreach (var day in await journal.ListDaysAsync(tenant, Today.AddDays(-Detailed), cancellationToken))
        {
            try
            {
                replaced += await SumAsync(tenant, day, cancellationToken);
            }
            catch (DamagedJournalException exception)
            {
                problems.AddRange(exception.Problems);
            }
        }
        return problems.Count == 0 ? replaced : throw new DamagedJournalException(problems);
    }

    /// <summary>
    /// A tenant's records, and sums of days, from a time until before another, in the order of their times. It reads again when a day is
    /// summed meanwhile.
    /// </summary>
    /// <exception cref="DamagedJournalException">Some segments are damaged.</exception>
    public async Task<IReadOnlyList<UsageRecord>> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var before = await ReadDaysAsync(tenant, from, to, cancellationToken);
        while (true)
        {
            var (records, damage) = await TryReadAsync(tenant, from, to, before, cancellationToken);
            var after = await ReadDaysAsync(tenant, from, to, cancellationToken);
            if (before.Select(day => day.ETag).SequenceEqual(after.Select(day => day.ETag), StringComparer.Ordinal))
                return damage is null ? records : throw damage;
            before = after;
        }
    }

    private async Task<(IReadOnlyList<UsageRecord> Records, DamagedJournalException? Damage)> TryReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<StoredDay> days, CancellationToken cancellationToken)
    {
        var replaced = days.SelectMany(day => day.Day.Replaced).ToHashSet(StringComparer.Ordinal);
        var records = days.SelectMany(day => day.Day.Sums).Where(sum => sum.At >= from && sum.At < to).ToList();
        try
        {
            await foreach (var record in journal.ReadAsync(tenant, from, to, replaced.Contains, cancellationToken))
                records.Add(record);
            return ([.. records.OrderBy(record => record.At)], null);
        }
        catch (DamagedJournalException damage)
        {
            return (records, damage); // or the segment was replaced just now
        }
    }

    private async Task<int> SumAsync(string tenant, DateOnly day, CancellationToken cancellationToken)
    {
        var key = KeyOf(tenant, day);
        var stored = await FindAsync(key, cancellationToken) ?? new StoredDay(UsageDay.Empty, ETag: null);
        var segments = await journal.ListSegmentsAsync(tenant, day, cancellationToken); // after the sums, so that a replacement shows in their tag
        if (segments.Count == 0)
            return 0;
        var fresh = segments.Except(stored.Day.Replaced, StringComparer.Ordinal).ToList();
        try
        {
            if (fresh.Count > 0)
                stored = await WriteAsync(key, stored.Day.With(await journal.ReadAsync(fresh, cancellationToken), fresh), stored.ETag, cancellationToken); // 1
            foreach (var segment in segments)
                await blobs.DeleteAsync(segment, cancellationToken); // 2
            await WriteAsync(key, stored.Day with { Replaced = [] }, stored.ETag, cancellationToken); // 3
            return fresh.Count;
        }
        catch (BlobConflictException)
        {
            return 0; // another process sums the day up
        }
        catch (DamagedJournalException)
        {
            if ((await FindAsync(key, cancellationToken))?.ETag == stored.ETag)
                throw;
            return 0; // another process has just replaced them
        }
    }

    private async Task<IReadOnlyList<StoredDay>> ReadDaysAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // The sums of a day may have calls of the next one.
        var first = from > DateTimeOffset.MinValue.AddDays(1) ? DateOnly.FromDateTime(from.UtcDateTime.AddDays(-1)) : DateOnly.MinValue;
        var days = new List<StoredDay>();
        await foreach (var key in blobs.ListAsync(SegmentName.Folder(tenant, Name), after: null, cancellationToken))
        {
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day >= first && day <= DateOnly.FromDateTime(to.UtcDateTime)
                && await FindAsync(key, cancellationToken) is { } stored)
                days.Add(stored);
        }
        return days;
    }

    private async Task<StoredDay?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (await blobs.OpenAsync(key, cancellationToken) is not { } blob)
            return null;
        await using (blob)
        {
            using var bytes = new MemoryStream();
            await blob.Content.CopyToAsync(bytes, cancellationToken);
            try
            {
                return new StoredDay(SegmentFile.Read(key, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), JournalsJson.Plain.UsageDay).Single(), blob.ETag);
            }
            catch (CorruptBlobException exception)
            {
                throw new DamagedJournalException([$"'{key}': {exception.Problem}"]);
            }
        }
    }

    private async Task<StoredDay> WriteAsync(string key, UsageDay day, string? etag, CancellationToken cancellationToken)
    {
        var line = new JournalLine(DateTimeOffset.MinValue, JsonSerializer.SerializeToUtf8Bytes(day, JournalsJson.Plain.UsageDay));
        await using var content = SegmentFile.Write([line]);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        return new StoredDay(day, await blobs.PutAsync(key, content, condition, cancellationToken));
    }

    private static string KeyOf(string tenant, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{SegmentName.Folder(tenant, Name)}/{day:yyyy-MM-dd}.jsonl");

    /// <param name="ETag">Entity tag of the blob; null when there is none yet.</param>
    private sealed record StoredDay(UsageDay Day, string? ETag);
}
