namespace RagApp.Models.Budgets;

/// <summary>A budget in its current window.</summary>
/// <param name="Spent">Spend of the calls that have ended.</param>
/// <param name="Held">The most that the running calls may still spend.</param>
public sealed record BudgetStatus(BudgetScope Scope, BudgetWindow Window, BudgetLimit Limit, Spend Spent, Spend Held);
