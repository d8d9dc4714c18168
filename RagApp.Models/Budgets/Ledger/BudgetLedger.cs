using Microsoft.Extensions.Options;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Ledger of what is spent and reserved, shared by all replicas on Redis and backed by the usage journal.</summary>
internal sealed class BudgetLedger(
    RedisLedger ledger, ILedgerClock clock, Reservations reservations, Settlements settlements, LiveCharges live,
    IOptionsMonitor<BudgetsOptions> options, TimeProvider time)
{
    /// <summary>Time by the ledger's clock; by that of this machine while the server cannot be reached.</summary>
    public async ValueTask<DateTimeOffset> NowAsync()
    {
        try
        {
            return await clock.NowAsync();
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return time.GetUtcNow();
        }
    }

    /// <summary>The budgets when a call is under a hard limit; null when it is under none.</summary>
    public BudgetRules? LimitsOf(LedgerCall call)
    {
        var rules = new BudgetRules(options.CurrentValue);
        return call.Scopes.Any(scope => rules.For(scope, BudgetPeriod.Day).IsHard || rules.For(scope, BudgetPeriod.Month).IsHard) ? rules : null;
    }

    public Task ReserveAsync(LedgerCall call, BudgetRules limits, CancellationToken cancellationToken) =>
        reservations.ReserveAsync(call, limits, cancellationToken);

    public void Began(ModelCharge charge) => live.Add(charge);

    public void Ended(ModelCharge charge) => live.Remove(charge);

    public Task SettleAsync(UsageRecord record) => settlements.SettleAsync(record);

    public Task GiveBackAsync(LedgerCall call) => reservations.GiveBackAsync(call);

    public async Task<IReadOnlyList<BudgetStatus>> ReadAsync(string tenant, string? keyId, bool withTenant)
    {
        var rules = new BudgetRules(options.CurrentValue);
        var scopes = rules.Models.SelectMany(model => BudgetScope.Of(tenant, keyId, model)).Distinct()
            .Where(scope => scope.KeyId is not null || (withTenant && scope.Tenant is not null)).ToList();
        var now = await NowAsync();
        var found = new List<BudgetStatus>();
        foreach (var window in new[] { BudgetWindow.Of(BudgetPeriod.Day, now), BudgetWindow.Of(BudgetPeriod.Month, now) })
        {
            var limited = scopes.Select(scope => (Scope: scope, Limit: rules.For(scope, window.Period))).Where(pair => pair.Limit.IsHard || pair.Limit.IsSoft).ToList();
            if (limited.Count == 0)
                continue;
            var figures = await ReadAsync(window, [.. limited.Select(pair => pair.Scope)]);
            found.AddRange(limited.Zip(figures, (pair, figure) => new BudgetStatus(pair.Scope, window, pair.Limit, figure.Spent, figure.Held)));
        }
        return found;
    }

    private async Task<IReadOnlyList<(Spend Spent, Spend Held)>> ReadAsync(BudgetWindow window, IReadOnlyList<BudgetScope> scopes)
    {
        try
        {
            return await ledger.ReadAsync(window, scopes);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            throw BudgetsUnavailableException.NotReached(exception);
        }
    }
}
