namespace RagApp.Models.Budgets;

/// <summary>Words for periods and units in problems, metrics and reports.</summary>
public static class BudgetWords
{
    public static string Word(this BudgetPeriod period) => period == BudgetPeriod.Day ? "day" : "month";

    public static string Word(this BudgetUnit unit) => unit == BudgetUnit.Tokens ? "tokens" : "usd";
}
