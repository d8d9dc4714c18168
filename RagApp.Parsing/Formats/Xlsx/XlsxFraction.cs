using System.Globalization;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>Writes a number as a fraction: 0.375 in the format <c># ?/?</c> is 3/8.</summary>
internal static class XlsxFraction
{
    private const int MostDigits = 3;

    /// <param name="hasWhole">True when the whole number stands before the fraction.</param>
    /// <param name="below">The place of the lower number: as many signs as it has digits, or the number itself.</param>
    public static string Of(double value, bool hasWhole, string below)
    {
        var isFixed = int.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var fixedLower) && fixedLower > 0;
        var size = Math.Abs(value);
        var whole = hasWhole ? Math.Floor(size) : 0;
        var (upper, lower) = isFixed ? (Math.Round((size - whole) * fixedLower), fixedLower) : Nearest(size - whole, (int)Math.Pow(10, Math.Min(below.Length, MostDigits)) - 1);
        if (hasWhole && upper >= lower)
            (whole, upper) = (whole + 1, 0);
        var parts = (whole, upper) switch
        {
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{whole:0}"),
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"{upper:0}/{lower}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{whole:0} {upper:0}/{lower}"),
        };
        return value < 0 ? "-" + parts : parts;
    }

    private static (double Upper, int Lower) Nearest(double value, int mostLower)
    {
        var best = Enumerable.Range(1, mostLower).MinBy(lower => Math.Abs(value - (Math.Round(value * lower) / lower)));
        return (Math.Round(value * best), best);
    }
}
