using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// Settles calls. The record goes to the ledger and to the journal's queue, so that it is lost only if this process and the
/// ledger's server both fail within the fraction of a second before the journal is written. A call that the ledger does not take now is settled again until it
/// does; the ledger knows the ids of settled calls, so that none is counted twice.
/// </summary>
internal sealed class Settlements(
    RedisLedger ledger, ILedgerClock clock, UsageQueue journal, SpendWatch watch, Telemetry telemetry, ILogger<Settlements> logger)
{
    private const int MaxPostponed = 10_000;

    /// <summary>Age at which a call is no longer settled by its id, since the ledger might have forgotten the id.</summary>
    private static readonly TimeSpan MaxAge = RedisLedger.Memory - TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<UsageRecord> _postponed = [];
    private volatile bool _outOfStep;

    /// <summary>Number of calls that wait to be settled.</summary>
    public int Waiting => _postponed.Count;

    public async Task SettleAsync(UsageRecord record)
    {
        telemetry.Settled(record);
        journal.Add(record);
        if (!await TrySettleAsync(record))
            Postpone(record);
    }

    /// <summary>Settles a call later. With too many of them, the ledger is rebuilt from the journal, which has them all.</summary>
    public void Postpone(UsageRecord record)
    {
        telemetry.Postponed();
        if (_postponed.Count >= MaxPostponed)
            _outOfStep = true;
        else
            _postponed.Enqueue(record);
    }

    /// <summary>Settles the calls that waited.</summary>
    public async Task RetryAsync()
    {
        var now = await clock.NowAsync();
        for (var left = _postponed.Count; left > 0 && _postponed.TryDequeue(out var record); left--)
        {
            if (now - record.SettledAt > MaxAge)
                _outOfStep = true;
            else if (!await TrySettleAsync(record))
            {
                _postponed.Enqueue(record);
                break;
            }
        }
        if (_outOfStep)
        {
            await ledger.ForgetAsync(now);
            _outOfStep = false;
        }
    }

    private async Task<bool> TrySettleAsync(UsageRecord record)
    {
        try
        {
            var result = await ledger.SettleAsync(record, await clock.NowAsync());
            if (result is SettleResult.Added added)
                await watch.ObserveAsync(record, added);
            return result is not SettleResult.NotReady;
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            logger.SettledLater(exception.Message);
            return false;
        }
    }
}
