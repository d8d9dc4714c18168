using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Runs;

/// <summary>
/// Writes superscripts and subscripts so that they do not change the number or the word before them:
/// <code>
/// 10⁶   10^6     x²     x^2     m²   m²     1st   1st      (exponents, units, endings)
/// 500¹  500 [1]  rule²  rule [2]                          (marks of notes)
/// H₂O   H2O      101₂   101_2   Vₘₐₓ V_max
/// </code>
/// A small number after a number is an exponent after the base 10, in front of a sign, and in a calculation; otherwise it is the mark of a note.
/// </summary>
internal static partial class RaisedAndLowered
{
    private static readonly SearchValues<char> Operators = SearchValues.Create("=+-−×·*⋅∙/^<>≈~±");
    private static readonly SearchValues<char> Multiplications = SearchValues.Create("×·*⋅∙xX");

    private static readonly FrozenSet<string> Endings = FrozenSet.Create(StringComparer.Ordinal,
        "st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "es", "ers", "TM", "SM", "MD", "®", "™");

    /// <summary>Units that mean areas and volumes also without a number before them.</summary>
    private static readonly FrozenSet<string> Units = FrozenSet.Create(StringComparer.Ordinal, "m", "mm", "cm", "dm", "km", "hm", "µm", "μm", "nm");

    private static readonly FrozenSet<string> UnitsAfterNumbers = FrozenSet.Create(StringComparer.Ordinal, "in", "ft", "yd", "mi", "s", "kg", "sec");

    private static readonly FrozenSet<string> Currencies = FrozenSet.Create(StringComparer.Ordinal,
        "EUR", "USD", "GBP", "CHF", "NOK", "SEK", "DKK", "CZK", "PLN", "JPY", "CNY", "INR", "AUD", "CAD", "€", "$", "£", "¥");

    /// <summary>The text of a script as it is appended to the text before it.</summary>
    /// <param name="next">The character after the script; NUL at the end.</param>
    public static string Write(StringBuilder before, string script, Baseline baseline, char next)
    {
        var mark = script.Trim().Replace('−', '-').Replace('–', '-');
        if (mark.Length == 0)
            return script;
        var written = baseline == Baseline.Sub ? Sub(Last(before), mark) : Super(Tail(before), mark, next);
        return char.IsWhiteSpace(script[^1]) ? written + " " : written;
    }

    private static string Sub(char before, string mark) => mark switch
    {
        _ when mark.Contains(' ', StringComparison.Ordinal) || !char.IsLetterOrDigit(mark[0]) => mark,
        _ when char.IsDigit(before) => $"_{mark}",
        _ when char.IsDigit(mark[0]) => mark, // H2O, and the lower half of a fraction
        "x" when char.IsUpper(before) => mark, // NOx
        _ => char.IsLetter(before) ? $"_{mark}" : mark,
    };

    private static string Super(string before, string mark, char next)
    {
        var last = before.Length > 0 ? before[^1] : '\0';
        if (next is '/' or '⁄' && Digits().IsMatch(mark))
            return char.IsDigit(last) ? $" {mark}" : mark; // the upper half of a fraction
        if (mark is "o" or "0" or "°" && (char.IsDigit(last) || char.IsWhiteSpace(last)) && next is 'C' or 'F' or '\0' or ' ')
            return "°";
        if (Endings.Contains(mark) && char.IsLetterOrDigit(last) || !mark.Any(char.IsLetterOrDigit))
            return mark;
        if (mark is "2" or "3" && IsUnit(before))
            return mark == "2" ? "²" : "³";
        if (IsExponent(before, mark))
            return Power().IsMatch(mark) ? $"^{mark}" : $"^({mark})";
        if (!Note().IsMatch(mark))
            return mark;
        return last == '\0' || char.IsWhiteSpace(last) ? $"[{mark}]" : $" [{mark}]";
    }

    private static bool IsExponent(string before, string mark)
    {
        if (before.Length == 0 || char.IsWhiteSpace(before[^1]))
            return false;
        var (signed, last) = (mark[0] is '+' or '-' || mark[^1] is '+' or '-', before[^1]);
        if (signed && char.IsLetterOrDigit(last))
            return true;
        if (mark == "1")
            return false;
        if (char.IsDigit(last))
            return IsPowerOfNumber(before, mark);
        if (last is ')' or ']')
            return before.LastIndexOf(last == ')' ? '(' : '[') is >= 0 and var open && before.AsSpan(open).IndexOfAny(Operators) >= 0;
        var token = LastToken(before, char.IsLetter);
        var ahead = before[..^token.Length].TrimEnd();
        return token.Length == 1 ? Digits().IsMatch(mark) || mark.Length == 1 : token.Length > 0 && EndsWithAny(ahead, Operators);
    }

    private static bool IsPowerOfNumber(string before, string mark)
    {
        var number = LastToken(before, c => char.IsDigit(c) || c is '.' or ',');
        var ahead = before[..^number.Length].TrimEnd();
        if (EndsWithAny(ahead, Operators))
            return true;
        var isNumber = Digits().IsMatch(mark);
        return number switch
        {
            "10" => (EndsWithAny(ahead, Multiplications) || !Currencies.Contains(LastToken(ahead, c => !char.IsWhiteSpace(c)))) && (isNumber || mark == "n"),
            "2" => isNumber ? mark.Length > 1 || mark[0] > '3' : mark == "n",
            _ => false,
        };
    }

    private static bool IsUnit(string before)
    {
        var token = LastToken(before, char.IsLetter);
        var ahead = before[..^token.Length].TrimEnd();
        return Units.Contains(token) || (UnitsAfterNumbers.Contains(token) && ahead.Length > 0 && (char.IsDigit(ahead[^1]) || ahead[^1] == '/'));
    }

    private static bool EndsWithAny(string text, SearchValues<char> characters) => text.Length > 0 && characters.Contains(text[^1]);

    private static string LastToken(string text, Func<char, bool> belongs)
    {
        var start = text.Length;
        while (start > 0 && belongs(text[start - 1]))
            start--;
        return text[start..];
    }

    private static char Last(StringBuilder text) => text.Length > 0 ? text[^1] : '\0';

    /// <summary>The end of the text, as much of it as decides what a superscript means.</summary>
    private static string Tail(StringBuilder text)
    {
        const int Enough = 60;
        var length = Math.Min(text.Length, Enough);
        return text.ToString(text.Length - length, length);
    }

    [GeneratedRegex(@"^\d+$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[+-]?\w+[+-]?$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Power();

    /// <summary>Matches the marks of one or several notes: <c>1</c>, <c>1,2</c>, <c>3-5</c>, <c>a</c>, <c>[7]</c> without its brackets.</summary>
    [GeneratedRegex(@"^(\d{1,3}(\s*[,;-]\s*\d{1,3})*|[a-z]([,;]\s*[a-z])*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Note();
}
