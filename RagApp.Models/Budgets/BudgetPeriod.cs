namespace RagApp.Models.Budgets;

/// <summary>Time after which a budget renews.</summary>
public enum BudgetPeriod
{
    /// <summary>A day of UTC.</summary>
    Day,

    /// <summary>A calendar month of UTC.</summary>
    Month,
}
