namespace RagApp.Models.Budgets.Ledger;

/// <summary>A hard limit of one scope and period.</summary>
/// <param name="Amount">Micro-dollars or tokens.</param>
internal sealed record HardLimit(BudgetScope Scope, BudgetPeriod Period, BudgetUnit Unit, long Amount)
{
    /// <summary>The hard limits of scopes: those of the day before those of the month, and of a scope money before tokens.</summary>
    public static IEnumerable<HardLimit> Of(IReadOnlyList<BudgetScope> scopes, BudgetRules rules)
    {
        foreach (var period in new[] { BudgetPeriod.Day, BudgetPeriod.Month })
        {
            foreach (var scope in scopes)
            {
                var limit = rules.For(scope, period);
                if (limit.MicroDollars is { } money)
                    yield return new HardLimit(scope, period, BudgetUnit.Money, money);
                if (limit.Tokens is { } tokens)
                    yield return new HardLimit(scope, period, BudgetUnit.Tokens, tokens);
            }
        }
    }
}
