using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// Gives back the reservations of processes that died. A call whose record is in the journal is settled instead: its process died, or
/// lost the ledger, between the two writes.
/// </summary>
internal sealed class ExpirySweep
{
    private const int Most = 500;

    private readonly RedisLedger _ledger;
    private readonly ILedgerClock _clock;
    private readonly IUsageJournal _journal;
    private readonly Telemetry _telemetry;
    private readonly SharedRun _run;

    public ExpirySweep(RedisLedger ledger, ILedgerClock clock, IUsageJournal journal, Telemetry telemetry)
    {
        (_ledger, _clock, _journal, _telemetry) = (ledger, clock, journal, telemetry);
        _run = new SharedRun(SweepAsync);
    }

    public Task RunAsync() => _run.RunAsync();

    private async Task SweepAsync()
    {
        var now = await _clock.NowAsync();
        foreach (var tenant in (await _ledger.FindExpiredAsync(now, Most)).GroupBy(expired => expired.Tenant))
        {
            var written = await FindRecordsAsync(tenant.Key, [.. tenant], now);
            foreach (var expired in tenant)
            {
                if (written.TryGetValue(expired.Id, out var record))
                {
                    await _ledger.SettleAsync(record, now);
                    _telemetry.Expired(wasSettled: true);
                }
                else if (await _ledger.ReleaseAsync(expired, now))
                    _telemetry.Expired(wasSettled: false);
            }
        }
    }

    private async Task<Dictionary<string, UsageRecord>> FindRecordsAsync(string tenant, IReadOnlyList<ExpiredReservation> expired, DateTimeOffset now)
    {
        var ids = expired.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        // The line of a reservation has its time in whole milliseconds.
        var from = expired.Min(one => one.At).AddMilliseconds(-1);
        var found = new Dictionary<string, UsageRecord>(StringComparer.Ordinal);
        await foreach (var record in _journal.ReadAsync(tenant, from, now, CancellationToken.None))
        {
            if (ids.Contains(record.Id))
                found[record.Id] = record;
        }
        return found;
    }
}
