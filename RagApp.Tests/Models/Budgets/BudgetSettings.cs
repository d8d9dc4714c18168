using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Budgets that a test sets and changes, with leases as short as the test needs.</summary>
internal sealed class BudgetSettings : IOptionsMonitor<BudgetsOptions>
{
    public BudgetsOptions CurrentValue { get; private set; } = new();

    /// <summary>Settings with one budget.</summary>
    public static BudgetSettings With(params BudgetLimitOptions[] limits)
    {
        var settings = new BudgetSettings();
        settings.CurrentValue.Limits.AddRange(limits);
        return settings;
    }

    public BudgetsOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<BudgetsOptions, string?> listener) => null;

    public void Change(BudgetsOptions options) => CurrentValue = options;
}
