using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>
/// Reads the numbers of a text into one format, whatever the script of the digits and the language's separators:
/// <c>1,000.50</c>, <c>1.000,5</c> and <c>1 000,5</c> are <c>1000.5</c>; <c>25.11.2026</c> is three numbers.
/// </summary>
internal static partial class Numbers
{
    private const string Separators = ".,'’ \u00A0\u202F";

    public static IEnumerable<string> In(string text) => Written().Matches(text).SelectMany(match => Read(Ascii(match.Value)));

    private static IEnumerable<string> Read(string number)
    {
        var parts = number.Split([.. Separators], StringSplitOptions.RemoveEmptyEntries);
        var separators = number.Where(Separators.Contains).ToList();
        if (parts.Length == 1)
            return [Whole(parts[0])];
        if (parts[0].Length <= 3 && parts[1..^1].All(part => part.Length == 3) && IsGrouped(parts, separators, out var hasFraction))
            return [hasFraction ? $"{Whole(string.Concat(parts[..^1]))}{Fraction(parts[^1])}" : Whole(string.Concat(parts))];
        return parts.Length == 2 && separators[0] is '.' or ','
            ? [$"{Whole(parts[0])}{Fraction(parts[1])}"]
            : parts.Select(Whole);
    }

    /// <summary>True for groups of three digits with one kind of separator; a different last separator begins the fraction.</summary>
    private static bool IsGrouped(string[] parts, List<char> separators, out bool hasFraction)
    {
        hasFraction = separators.Count > 1 && separators[^1] is '.' or ',' && separators[^1] != separators[0];
        var between = hasFraction ? separators[..^1] : separators;
        return between.TrueForAll(separator => separator == separators[0]) && (hasFraction || parts[^1].Length == 3);
    }

    private static string Whole(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string Fraction(string digits) => digits.TrimEnd('0') is { Length: > 0 } rest ? $".{rest}" : "";

    private static string Ascii(string number)
    {
        var ascii = new StringBuilder(number.Length);
        foreach (var c in number)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
            ascii.Append(digit >= 0 ? (char)('0' + digit) : c is '٫' ? '.' : c is '٬' ? ',' : c);
        }
        return ascii.ToString();
    }

    /// <summary>Matches digits with separators between them; a space only before groups of three.</summary>
    [GeneratedRegex(@"\p{Nd}{1,3}(?:[ \u00A0\u202F]\p{Nd}{3}(?!\p{Nd}))+(?:[.,]\p{Nd}+)?|\p{Nd}+(?:[.,'’٫٬]\p{Nd}+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Written();
}
