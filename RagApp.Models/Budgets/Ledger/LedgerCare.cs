using Microsoft.Extensions.Options;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// The work that keeps the ledger right: reservations of running calls are renewed, calls that could not be settled are settled,
/// reservations of dead processes are given back, their records are written to the journal, and a lost ledger is rebuilt.
/// </summary>
internal sealed class LedgerCare(
    RedisLedger ledger, ILedgerClock clock, IUsageJournal journal, LiveCharges live, Settlements settlements, ExpirySweep sweep,
    LedgerSeeder seeder, IOptionsMonitor<BudgetsOptions> options)
{
    /// <summary>Age at which a record that waits for the journal is taken to be left behind by a process that died.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromMinutes(1);

    public async Task RunAsync()
    {
        var now = await clock.NowAsync();
        await live.RenewAsync(now + options.CurrentValue.Lease);
        _ = seeder.RunAsync(); // it may wait for the other processes, and reports its failures itself
        await sweep.RunAsync();
        await ledger.ForgetSettledAsync(now);
        await settlements.RetryAsync();
        await SaveLeftBehindAsync(now);
    }

    private async Task SaveLeftBehindAsync(DateTimeOffset now)
    {
        var left = (await ledger.ReadOutboxAsync()).Where(record => record.SettledAt < now - LeftBehind).ToList();
        if (left.Count == 0)
            return;
        await journal.AppendAsync(left, CancellationToken.None);
        await ledger.AcknowledgeAsync(left.Select(record => record.Id));
    }
}
