using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>
/// Formats a number as its cell shows it:
/// <code>
/// 45352      yyyy-mm-dd          ->  2024-03-01      (always ISO order, which cannot be misread)
/// 0.125      0.0%                ->  12.5%
/// 1234.5     [$€-407] #,##0.00   ->  €1,234.50
/// 0.1+0.2    General             ->  0.3
/// </code>
/// </summary>
internal static partial class XlsxNumber
{
    private const double LastDay = 2_958_465; // 9999-12-31
    private static readonly SearchValues<char> DateParts = SearchValues.Create("yYdDhHsS");

    private const int DaysTo1904 = 1_462;

    public static string Format(string raw, string format, bool countsFrom1904)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return raw;
        var section = format.Split(';')[0];
        var code = Literal().Replace(section, "");
        if (code.Length == 0 || code.Contains("General", StringComparison.OrdinalIgnoreCase) || code.AsSpan().ContainsAny("@/E") && !IsDate(code))
            return General(value);
        if (IsDate(code))
            return Date(value + (countsFrom1904 ? DaysTo1904 : 0), code) ?? General(value);
        return code.Contains('%', StringComparison.Ordinal)
            ? (value * 100).ToString(Digits(code), CultureInfo.InvariantCulture) + "%"
            : Amount(value, section, code);
    }

    /// <summary>The general format: 15 digits, as many as Excel shows.</summary>
    private static string General(double value) =>
        Math.Abs(value) is >= 1e-6 and < 1e15 or 0
            ? Math.Round((decimal)value, 15 - IntegerDigits(value)).ToString("0.###############", CultureInfo.InvariantCulture)
            : value.ToString("G15", CultureInfo.InvariantCulture);

    private static int IntegerDigits(double value) => Math.Clamp((int)Math.Floor(Math.Log10(Math.Abs(value) + 1e-300)) + 1, 0, 15);

    private static bool IsDate(string code) => code.AsSpan().ContainsAny(DateParts) || code.AsSpan().TrimEnd().EndsWith("m", StringComparison.OrdinalIgnoreCase);

    private static string? Date(double days, string code)
    {
        if (days is < 0 or > LastDay)
            return null;
        var hasTime = code.AsSpan().ContainsAny("hHsS");
        var hasDay = code.AsSpan().ContainsAny("yYdD") || !hasTime;
        if (Elapsed().IsMatch(code))
            return string.Create(CultureInfo.InvariantCulture, $"{(long)(days * 24)}:{TimeOf(days):mm\\:ss}");
        var date = DateTime.FromOADate(days < 60 && hasDay ? days + 1 : days); // Excel has a day 29 February 1900, which did not exist
        var time = TimeOf(days).ToString(code.AsSpan().ContainsAny("sS") ? @"hh\:mm\:ss" : @"hh\:mm", CultureInfo.InvariantCulture);
        var day = date.ToString(code.AsSpan().ContainsAny("dD") ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
        return (hasDay, hasTime) switch
        {
            (true, true) => $"{day} {time}",
            (true, false) => day,
            _ => time,
        };
    }

    private static TimeSpan TimeOf(double days) => TimeSpan.FromSeconds(Math.Round((days - Math.Floor(days)) * 86_400));

    private static string Amount(double value, string section, string code)
    {
        var number = value.ToString(Digits(code), CultureInfo.InvariantCulture);
        if (Currency().Match(section) is not { Success: true } currency)
            return number;
        var symbol = currency.Value.Trim('[', '$', '"') is { Length: > 0 } named ? named : "$";
        return section.AsSpan(0, currency.Index).ContainsAny("0#") ? $"{number} {symbol}" : symbol + number;
    }

    /// <summary>Converts the digits of an Excel format to .NET, which uses the same characters.</summary>
    private static string Digits(string code)
    {
        var decimals = Decimals().Match(code).Groups[1].Value.Replace('?', '#');
        return (Thousands().IsMatch(code) ? "#,##0" : "0") + (decimals.Length > 0 ? "." + decimals : "");
    }

    /// <summary>
    /// Matches the parts of a format that are not digits: texts, escaped characters, padding, fill, colours and conditions, but
    /// not elapsed time.
    /// </summary>
    [GeneratedRegex(@"""[^""]*""|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\[[hms]+\]", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"\.([0#?]+)", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Decimals();

    [GeneratedRegex(@"[0#],[0#]", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\[\$[^\]\-]+|""[€£¥$]""|[€£¥$]", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Currency();
}
