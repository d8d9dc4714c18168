namespace RagApp.Models.Budgets;

/// <summary>The configured budgets, looked up by scope and period. Rules are equal when they come from the same configuration.</summary>
internal sealed record BudgetRules(BudgetsOptions Options)
{
    private const string Each = "*";

    public bool IsEmpty => Options.Limits.Count == 0;

    /// <summary>Models that have budgets of their own; the empty name, which no model has, when there are none.</summary>
    public IEnumerable<string> Models => Options.Limits.Select(rule => rule.Model).OfType<string>().Distinct(StringComparer.Ordinal).DefaultIfEmpty("");

    /// <summary>The limits of a scope in a period. Of several budgets the ones that name the scope most exactly count, and of those the lowest.</summary>
    public BudgetLimit For(BudgetScope scope, BudgetPeriod period)
    {
        var limit = BudgetLimit.None;
        var best = 0;
        foreach (var rule in Options.Limits)
        {
            if (rule.Period != period || !Covers(rule, scope))
                continue;
            var exactness = ExactnessOf(rule);
            if (exactness < best)
                continue;
            limit = exactness > best ? LimitOf(rule) : limit.And(LimitOf(rule));
            best = exactness;
        }
        return limit;
    }

    private static bool Covers(BudgetLimitOptions rule, BudgetScope scope) =>
        rule.Model == scope.Model
        && scope switch
        {
            { KeyId: { } key } => (rule.Key == key || rule.Key == Each) && (rule.Tenant is null or Each || rule.Tenant == scope.Tenant),
            { Tenant: { } tenant } => rule.Key is null && (rule.Tenant == Each || rule.Tenant == tenant),
            _ => rule is { Key: null, Tenant: null },
        };

    private static int ExactnessOf(BudgetLimitOptions rule) =>
        1 + (rule.Key is null or Each ? 0 : 2) + (rule.Tenant is null or Each ? 0 : 1);

    private static BudgetLimit LimitOf(BudgetLimitOptions rule) => new(
        rule.Tokens, InMicroDollars(rule.Dollars), rule.SoftTokens, InMicroDollars(rule.SoftDollars));

    private static long? InMicroDollars(decimal? dollars) => dollars is { } amount ? Money.MicroDollars(amount) : null;
}
