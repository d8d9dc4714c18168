using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>
/// Formats a number as its cell shows it:
/// <code>
/// 45352      yyyy-mm-dd          ->  2024-03-01      (always ISO order, which cannot be misread)
/// 0.125      0.0%                ->  12.5%
/// 4107       00000               ->  04107
/// 18450000   0.00,,"M"           ->  18.45M
/// 0          "some";;"sold out"  ->  sold out
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
        if (format.Length == 0 || format.Equals("General", StringComparison.OrdinalIgnoreCase))
            return General(value);
        var (section, shown) = XlsxFormatSections.For(format, value);
        if (section.Length == 0)
            return "";
        var code = Literal().Replace(section, "");
        if (code.Contains("General", StringComparison.OrdinalIgnoreCase) || code.Contains('@', StringComparison.Ordinal))
            return General(value);
        if (IsDate(code))
            return Date(value + (countsFrom1904 ? DaysTo1904 : 0), code) ?? General(value);
        return Fraction().Match(code) is { Success: true } fraction ? XlsxFraction.Of(shown, fraction.Groups["whole"].Success, fraction.Groups["below"].Value) : Digits(shown, section);
    }

    /// <summary>A text as its cell shows it; the format may add to it or hide it.</summary>
    public static string Format(string text, string format) =>
        XlsxFormatSections.ForText(format) is { } section ? Literals(section, text) : text;

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
        var seconds = code.AsSpan().ContainsAny("sS");
        if (Elapsed().IsMatch(code))
            return string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Floor((days * 24) + 1e-6)}{TimeOf(days).ToString(seconds ? @"\:mm\:ss" : @"\:mm", CultureInfo.InvariantCulture)}");
        var date = DateTime.FromOADate(days < 60 && hasDay ? days + 1 : days); // Excel has a day 29 February 1900, which did not exist
        var time = TimeOf(days).ToString(seconds ? @"hh\:mm\:ss" : @"hh\:mm", CultureInfo.InvariantCulture);
        var day = date.ToString(code.AsSpan().ContainsAny("dD") ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
        return (hasDay, hasTime) switch
        {
            (true, true) => $"{day} {time}",
            (true, false) => day,
            _ => time,
        };
    }

    private static TimeSpan TimeOf(double days) => TimeSpan.FromSeconds(Math.Round((days - Math.Floor(days)) * 86_400));

    /// <summary>Formats by digits and texts. .NET has the same notation for digits; texts are escaped in it.</summary>
    private static string Digits(double value, string section)
    {
        var pattern = new StringBuilder();
        var hasDigits = false;
        foreach (var (character, isText, at) in XlsxFormatSections.Characters(section))
        {
            if (isText || !IsNumberSign(section, character, at))
                pattern.Append('\\').Append(character);
            else if (character == ',' && section.AsSpan(at).IndexOfAny('0', '#', '?') < 0)
                value /= 1000; // a comma behind the digits
            else
                pattern.Append(character == '?' ? '#' : character);
            hasDigits |= !isText && character is '0' or '#' or '?';
        }
        return (hasDigits ? value.ToString(pattern.ToString(), CultureInfo.InvariantCulture) : Literals(section, "")).Trim();
    }

    private static bool IsNumberSign(string section, char character, int at) => character switch
    {
        '0' or '#' or '?' or '.' or ',' or '%' => true,
        'E' or 'e' => at + 1 < section.Length && section[at + 1] is '+' or '-',
        '+' or '-' => at > 0 && section[at - 1] is 'E' or 'e',
        _ => false,
    };

    /// <summary>The texts of a section, with the text of the cell at <c>@</c>.</summary>
    private static string Literals(string section, string text)
    {
        var shown = new StringBuilder();
        foreach (var (character, isText, _) in XlsxFormatSections.Characters(section))
        {
            if (!isText && character == '@')
                shown.Append(text);
            else
                shown.Append(character);
        }
        return shown.ToString();
    }

    /// <summary>
    /// Matches the parts of a format that are not digits: texts, escaped characters, padding, fill, colours and conditions, but
    /// not elapsed time.
    /// </summary>
    [GeneratedRegex(@"""[^""]*""|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\[[hms]+\]", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"^\s*((?<whole>[#0?]+)\s+)?[#0?]+\s*/\s*(?<below>[#?]+|\d+)\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Fraction();
}
