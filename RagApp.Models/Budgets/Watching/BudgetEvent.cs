namespace RagApp.Models.Budgets.Watching;

/// <summary>Something about spend that an operator should know.</summary>
public abstract record BudgetEvent
{
    private BudgetEvent()
    {
    }

    /// <summary>A budget has passed its soft limit; raised once per window, and again when the ledger was rebuilt.</summary>
    /// <param name="Limit">The soft limit, in micro-dollars or tokens.</param>
    /// <param name="Spent">Spend in the window so far, in micro-dollars or tokens.</param>
    public sealed record SoftLimitReached(BudgetScope Scope, BudgetWindow Window, BudgetUnit Unit, long Limit, long Spent) : BudgetEvent;

    /// <summary>An hour costs far more than usual; raised once per hour, tenant, key and model.</summary>
    /// <param name="Spent">Micro-dollars spent in the hour so far.</param>
    /// <param name="Usual">Micro-dollars that this hour of the day usually costs.</param>
    public sealed record UnusualSpend(string Tenant, string? KeyId, string Model, DateTimeOffset Hour, long Spent, long Usual) : BudgetEvent;
}
