using System.Globalization;

namespace RagApp.Models.Budgets;

/// <summary>Conversions between US dollars, as people write them, and micro-dollars, as they are counted.</summary>
public static class Money
{
    private const decimal PerDollar = 1_000_000m;

    /// <summary>Micro-dollars of an amount in dollars; parts of a micro-dollar are rounded away from zero.</summary>
    public static long MicroDollars(decimal dollars) => (long)Math.Round(dollars * PerDollar, MidpointRounding.AwayFromZero);

    public static decimal Dollars(long microDollars) => microDollars / PerDollar;

    /// <summary>Text such as <c>$12.50</c> or <c>$0.000031</c>: at least two decimals, at most six.</summary>
    public static string Text(long microDollars) => Dollars(microDollars).ToString("$0.00####;-$0.00####", CultureInfo.InvariantCulture);
}
