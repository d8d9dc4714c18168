using System.Globalization;
using System.Text.RegularExpressions;
using RagApp.Text;

namespace RagApp.Query.Rewriting;

/// <summary>
/// The other forms in which documents write the numbers, dates and names of a question: <c>1480000</c> as <c>1,480,000</c>,
/// <c>5 March 2026</c> as <c>2026-03-05</c>, <c>Mueller</c> as <c>Müller</c>. They are looked for as keywords only: a form that no
/// document has changes nothing.
/// </summary>
internal static partial class OtherForms
{
    private const int SmallestGrouped = 1000;

    private static readonly string[] GroupMarks = [",", ".", "'"];

    /// <summary>The further words to look for, with spaces between; empty when the question has no number, date or such name.</summary>
    public static string Of(string question)
    {
        var dates = WrittenDates.In(question).ToList();
        var forms = dates.SelectMany(WrittenDates.FormsOf)
            .Concat(Number().Matches(question).Select(match => match.Value).SelectMany(FormsOfNumber))
            .Concat(Word().Matches(question).Select(match => match.Value).SelectMany(FormsOfName));
        return string.Join(' ', forms.Where(form => !question.Contains(form, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> FormsOfNumber(string written)
    {
        var digits = new string([.. written.Where(char.IsAsciiDigit)]);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < SmallestGrouped || digits[0] is '0'
            || (digits.Length == written.Length && number is >= 1900 and < 2100)) // a year
            return [];
        var grouped = number.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            digits, .. GroupMarks.Select(mark => grouped.Replace(",", mark, StringComparison.Ordinal)),
            .. grouped.Split(',').Where(group => group.Length == 3 && group is not "000"), // with spaces; every round number has 000
        ];
    }

    /// <summary>An umlaut as two letters, and two letters as the vowel that an umlaut becomes in the index.</summary>
    private static IEnumerable<string> FormsOfName(string word)
    {
        var apart = Umlaut().Replace(word.ToLowerInvariant(), umlaut => umlaut.Value switch { "ä" => "ae", "ö" => "oe", _ => "ue" });
        var joined = TwoLetters().Replace(word.ToLowerInvariant(), "$1");
        return new[] { apart, joined }.Where(form => !string.Equals(form, word.ToLowerInvariant(), StringComparison.Ordinal));
    }

    /// <summary>A number of four digits or more, with or without marks between the thousands.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}.,/-])(?:\d{1,3}(?:[.,'’ \u00A0\u202F]\d{3})+|\d{4,15})(?![\p{L}\p{Nd}]|[.,/-]\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{L}{5,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("[äöü]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Umlaut();

    /// <summary>Not in <c>neue</c>, <c>quelle</c> or <c>value</c>: after a vowel or q, or at the end, the letters stand for themselves.</summary>
    [GeneratedRegex("(?<![aeiouq])([aou])e(?=[bcdfghjklmnprstvwxz])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TwoLetters();
}
