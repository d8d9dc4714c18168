using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// Rebuilds a ledger that has lost its data from the usage journal. Each process may do so: the windows are set, not added to, and
/// only once for each loss.
/// 1. The reservations of this process are made again, as every process does while it looks after the ledger. 2. Records that only the ledger has are written to
/// the journal. 3. The journal is read. 4. When calls were made lately, the other processes get the time to make their reservations
/// again. 5. The windows are set; calls that are settled meanwhile are told from those that the journal had by their ids.
/// </summary>
internal sealed class LedgerSeeder
{
    private readonly RedisLedger _ledger;
    private readonly ILedgerClock _clock;
    private readonly IUsageJournal _journal;
    private readonly LiveCharges _live;
    private readonly IOptionsMonitor<BudgetsOptions> _options;
    private readonly LedgerTiming _timing;
    private readonly TimeProvider _time;
    private readonly ILogger<LedgerSeeder> _logger;
    private readonly SharedRun _run;

    public LedgerSeeder(
        RedisLedger ledger, ILedgerClock clock, IUsageJournal journal, LiveCharges live, IOptionsMonitor<BudgetsOptions> options,
        LedgerTiming timing, TimeProvider time, ILogger<LedgerSeeder> logger)
    {
        (_ledger, _clock, _journal, _live, _options, _timing, _time, _logger) = (ledger, clock, journal, live, options, timing, time, logger);
        _run = new SharedRun(TrySeedAsync);
    }

    /// <summary>Rebuilds the ledger unless it is ready.</summary>
    public Task RunAsync() => _run.RunAsync();

    private async Task TrySeedAsync()
    {
        try
        {
            await SeedAsync();
        }
        catch (Exception exception) when (!RedisFailure.Is(exception))
        {
            _logger.RebuildFailed(exception);
            throw;
        }
    }

    private async Task SeedAsync()
    {
        var now = await _clock.NowAsync();
        var (ready, epoch) = await _ledger.BeginSeedAsync(now);
        if (ready)
            return;
        _logger.Rebuilding();
        await _live.RenewAsync(now + _options.CurrentValue.Lease);
        await SaveOutboxAsync();
        var seed = new Seed(now);
        var records = await ReadJournalAsync(seed, now);
        if (seed.Settled.Count > 0)
            await Task.Delay(_timing.Care * 1.5, _time);
        foreach (var (hour, spent) in seed.Hours)
            await _ledger.WriteHourAsync(hour, spent);
        if (await _ledger.CommitSeedAsync(epoch, seed))
            _logger.Rebuilt(records);
    }

    private async Task SaveOutboxAsync()
    {
        if (await _ledger.ReadOutboxAsync() is { Count: > 0 } waiting)
            await _journal.AppendAsync(waiting, CancellationToken.None);
    }

    private async Task<long> ReadJournalAsync(Seed seed, DateTimeOffset now)
    {
        var records = 0L;
        await foreach (var tenant in _journal.ListTenantsAsync(CancellationToken.None))
        {
            // Until the next day, since calls go on while the journal is read.
            await foreach (var record in _journal.ReadAsync(tenant, seed.From, now.AddDays(1), CancellationToken.None))
            {
                seed.Add(record);
                records++;
            }
        }
        return records;
    }
}
