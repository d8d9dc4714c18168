using System.Runtime.InteropServices;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets;

namespace RagApp.Gateway.Usage;

/// <summary>Sums the usage journal up: a tenant's for its administrators, one API key's for everybody else.</summary>
internal sealed class UsageReports(IUsageJournal journal, ModelBudgets budgets)
{
    public async Task<UsageReport> MakeAsync(Principal caller, UsagePeriod period, UsageGrouping by, CancellationToken cancellationToken)
    {
        var isAdmin = caller.Roles.Contains(Role.Admin);
        var lines = new Dictionary<UsageLine, Sum>();
        await foreach (var record in journal.ReadAsync(caller.Tenant, period.Start, period.End, cancellationToken))
        {
            if (isAdmin || (caller.KeyId is { } key && record.KeyId == key))
                CollectionsMarshal.GetValueRefOrAddDefault(lines, by.LineOf(record), out _).Add(record);
        }
        var total = default(Sum);
        foreach (var sum in lines.Values)
            total.Add(sum);
        return new UsageReport(
            period.From, period.To,
            [
                .. lines.Select(line => line.Key with { Usage = line.Value.Total })
                    .OrderBy(line => line.Day).ThenBy(line => line.Model, StringComparer.Ordinal)
                    .ThenBy(line => line.Feature, StringComparer.Ordinal).ThenBy(line => line.Key, StringComparer.Ordinal),
            ],
            total.Total,
            [.. (await budgets.ReadAsync(caller.Tenant, caller.KeyId, withTenant: isAdmin)).SelectMany(InfosOf)]);
    }

    private static IEnumerable<BudgetInfo> InfosOf(BudgetStatus budget)
    {
        if (budget.Limit is { MicroDollars: not null } or { SoftMicroDollars: not null })
        {
            yield return InfoOf(
                budget, BudgetUnit.Money, budget.Limit.MicroDollars, budget.Limit.SoftMicroDollars, budget.Spent.MicroDollars, budget.Held.MicroDollars, Money.Dollars);
        }
        if (budget.Limit is { Tokens: not null } or { SoftTokens: not null })
            yield return InfoOf(budget, BudgetUnit.Tokens, budget.Limit.Tokens, budget.Limit.SoftTokens, budget.Spent.Tokens, budget.Held.Tokens, tokens => tokens);
    }

    private static BudgetInfo InfoOf(BudgetStatus budget, BudgetUnit unit, long? limit, long? soft, long spent, long held, Func<long, decimal> amount) => new(
        budget.Scope.Kind, budget.Scope.Model, budget.Window.Period.Word(), unit.Word(),
        limit is { } hard ? amount(hard) : null, soft is { } gentle ? amount(gentle) : null, amount(spent), amount(held),
        limit is { } most ? amount(Math.Max(0, most - spent - held)) : null, budget.Window.RenewsAt);

    [StructLayout(LayoutKind.Auto)]
    private record struct Sum(long Calls, long InputTokens, long OutputTokens, long MicroDollars)
    {
        public readonly UsageTotal Total => new(Calls, InputTokens, OutputTokens, Money.Dollars(MicroDollars));

        public void Add(UsageRecord record) => Add(new Sum(1 + record.FurtherCalls, record.InputTokens, record.OutputTokens, record.MicroDollars));

        public void Add(Sum other) => this = new Sum(
            Calls + other.Calls, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens, MicroDollars + other.MicroDollars);
    }
}
