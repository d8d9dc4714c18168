using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Watching;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Raises events about spend after a call was settled: soft limits that were passed, and unusual hours.</summary>
internal sealed class SpendWatch(RedisLedger ledger, IOptionsMonitor<BudgetsOptions> options, IBudgetEvents events)
{
    private WatchedHour _watched = new(DateTimeOffset.MinValue);

    public async Task ObserveAsync(UsageRecord record, SettleResult.Added added)
    {
        var rules = new BudgetRules(options.CurrentValue);
        if (!rules.IsEmpty)
        {
            await WatchLimitsAsync(rules, record, BudgetPeriod.Day, added.Day);
            await WatchLimitsAsync(rules, record, BudgetPeriod.Month, added.Month);
        }
        await WatchHourAsync(record, added.Hour);
    }

    private async Task WatchLimitsAsync(BudgetRules rules, UsageRecord record, BudgetPeriod period, IReadOnlyList<Spend> spends)
    {
        var window = BudgetWindow.Of(period, record.At);
        foreach (var (scope, spent) in BudgetScope.Of(record.Tenant, record.KeyId, record.Model).Zip(spends))
        {
            var limit = rules.For(scope, period);
            await RaiseAsync(scope, window, BudgetUnit.Money, limit.SoftMicroDollars, spent.MicroDollars);
            await RaiseAsync(scope, window, BudgetUnit.Tokens, limit.SoftTokens, spent.Tokens);
        }
    }

    private async Task RaiseAsync(BudgetScope scope, BudgetWindow window, BudgetUnit unit, long? soft, long spent)
    {
        if (soft is { } limit && spent >= limit && await ledger.RaiseOnceAsync(window, $"{scope.Field} {unit.Word()}"))
            events.Raise(new BudgetEvent.SoftLimitReached(scope, window, unit, limit, spent));
    }

    private async Task WatchHourAsync(UsageRecord record, long spent)
    {
        var unusual = options.CurrentValue.Unusual;
        if (spent <= Money.MicroDollars(unusual.Floor))
            return;
        var hour = UsualSpend.HourOf(record.At);
        var field = RedisLedger.HourField(record.Tenant, record.KeyId, record.Model);
        var usual = await UsualAsync(record, hour, field);
        if (spent > usual * unusual.Factor && await ledger.RaiseOnceAsync(BudgetWindow.Of(BudgetPeriod.Day, hour), $"{field} {hour.Hour}"))
            events.Raise(new BudgetEvent.UnusualSpend(record.Tenant, record.KeyId, record.Model, hour, spent, usual));
    }

    private async Task<long> UsualAsync(UsageRecord record, DateTimeOffset hour, string field)
    {
        var watched = Volatile.Read(ref _watched);
        if (watched.Hour != hour)
            Volatile.Write(ref _watched, watched = new WatchedHour(hour));
        if (watched.Usual.TryGetValue(field, out var known))
            return known;
        var usual = UsualSpend.Median(await ledger.ReadHoursAsync(record.Tenant, record.KeyId, record.Model, UsualSpend.SameHoursBefore(hour)));
        watched.Usual[field] = usual;
        return usual;
    }

    /// <summary>Usual spend in one hour, by tenant, key and model; it is the same until the hour turns.</summary>
    private sealed record WatchedHour(DateTimeOffset Hour)
    {
        public ConcurrentDictionary<string, long> Usual { get; } = new(StringComparer.Ordinal);
    }
}
