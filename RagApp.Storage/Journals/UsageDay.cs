using RagApp.Contracts.Usage;

namespace RagApp.Storage.Journals;

/// <summary>The calls of one day, summed by key, model and feature.</summary>
/// <param name="Sums">The sums; a segment of the day may hold a few calls of the next one, which have sums of their own.</param>
/// <param name="Replaced">Keys of the segments whose records are in the sums, until they are deleted.</param>
internal sealed record UsageDay(IReadOnlyList<UsageRecord> Sums, IReadOnlyList<string> Replaced)
{
    public static UsageDay Empty { get; } = new([], []);

    /// <summary>The day with the records of further segments.</summary>
    public UsageDay With(IEnumerable<UsageRecord> records, IEnumerable<string> segments) => new(
        [
            .. Sums.Concat(records.DistinctBy(record => record.Id))
                .GroupBy(record => (Day: record.At.UtcDateTime.Date, record.Tenant, record.KeyId, record.Model, record.Feature))
                .OrderBy(calls => calls.Key)
                .Select(calls => Sum(new DateTimeOffset(calls.Key.Day, TimeSpan.Zero), [.. calls])),
        ],
        [.. Replaced, .. segments]);

    private static UsageRecord Sum(DateTimeOffset day, IReadOnlyList<UsageRecord> calls) => calls[0] with
    {
        Id = $"{day:yyyy-MM-dd} {calls[0].KeyId} {calls[0].Model} {calls[0].Feature}",
        At = day,
        SettledAt = day,
        InputTokens = calls.Sum(call => call.InputTokens),
        OutputTokens = calls.Sum(call => call.OutputTokens),
        MicroDollars = calls.Sum(call => call.MicroDollars),
        IsCounted = calls.Any(call => call.IsCounted),
        FurtherCalls = calls.Sum(call => call.FurtherCalls) + calls.Count - 1,
    };
}
