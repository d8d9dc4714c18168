namespace RagApp.Models.Budgets;

/// <summary>Kind of amount that a budget limits.</summary>
public enum BudgetUnit
{
    /// <summary>Money, in micro-dollars.</summary>
    Money,

    /// <summary>Input and output tokens together.</summary>
    Tokens,
}
