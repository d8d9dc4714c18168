using Microsoft.Extensions.Options;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Reserves what calls may spend, and waits shortly for what stands in the way: a rebuild, or reservations that have expired.</summary>
internal sealed class Reservations(
    RedisLedger ledger, ILedgerClock clock, LedgerSeeder seeder, ExpirySweep sweep, IOptionsMonitor<BudgetsOptions> options, TimeProvider time)
{
    private const int Attempts = 4;

    /// <summary>Time that a call waits for a rebuild; a rebuild that takes longer refuses the call.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <exception cref="BudgetExceededException">A budget has too little left.</exception>
    /// <exception cref="BudgetsUnavailableException">The ledger does not answer, or is being rebuilt.</exception>
    public async Task ReserveAsync(LedgerCall call, BudgetRules rules, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            switch (await TryAsync(call, rules))
            {
                case ReserveResult.Reserved:
                    return;
                case ReserveResult.NotReady when attempt < Attempts:
                    await RebuiltAsync(cancellationToken);
                    break;
                case ReserveResult.Exceeded { Expired: > 0 } when attempt < Attempts:
                    await SweptAsync(cancellationToken);
                    break;
                case ReserveResult.Exceeded exceeded:
                    var needed = exceeded.Unit == BudgetUnit.Money ? call.Held.MicroDollars : call.Held.Tokens;
                    throw new BudgetExceededException(exceeded.Scope, exceeded.Window, exceeded.Unit, exceeded.Left, needed);
                default:
                    throw BudgetsUnavailableException.BeingRebuilt();
            }
        }
    }

    private async Task<ReserveResult> TryAsync(LedgerCall call, BudgetRules rules)
    {
        try
        {
            return await ledger.ReserveAsync(call, rules, await clock.NowAsync(), options.CurrentValue.Lease);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            _ = GiveBackAsync(call); // it may have been reserved all the same
            throw BudgetsUnavailableException.NotReached(exception);
        }
    }

    /// <summary>Gives a reservation back; one that cannot be given back now expires.</summary>
    public async Task GiveBackAsync(LedgerCall call)
    {
        try
        {
            await ledger.ReleaseAsync(call);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            // The lease is not renewed any more.
        }
    }

    private async Task SweptAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sweep.RunAsync().WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Neither the ledger's server nor the journal's store can say what became of the expired reservations.
            throw BudgetsUnavailableException.NotReached(exception);
        }
    }

    private async Task RebuiltAsync(CancellationToken cancellationToken)
    {
        try
        {
            await seeder.RunAsync().WaitAsync(LongestWait, time, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever keeps the ledger from being rebuilt, the call is refused and the keeper tries again.
            throw BudgetsUnavailableException.BeingRebuilt();
        }
    }
}
