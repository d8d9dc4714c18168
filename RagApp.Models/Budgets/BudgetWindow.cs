using System.Globalization;

namespace RagApp.Models.Budgets;

/// <summary>One day or month of UTC, in which a budget can be spent once.</summary>
/// <param name="Start">First moment of the window.</param>
public sealed record BudgetWindow(BudgetPeriod Period, DateTimeOffset Start)
{
    /// <summary>Date of the window, such as <c>2026-11-30</c> or <c>2026-11</c>.</summary>
    public string Name => Start.ToString(Period == BudgetPeriod.Day ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>First moment of the next window.</summary>
    public DateTimeOffset RenewsAt => Period == BudgetPeriod.Day ? Start.AddDays(1) : Start.AddMonths(1);

    public BudgetWindow Previous => Of(Period, Start.AddTicks(-1));

    public static BudgetWindow Of(BudgetPeriod period, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return new BudgetWindow(period, new DateTimeOffset(utc.Year, utc.Month, period == BudgetPeriod.Day ? utc.Day : 1, 0, 0, 0, TimeSpan.Zero));
    }

    public bool Has(DateTimeOffset at) => at >= Start && at < RenewsAt;
}
