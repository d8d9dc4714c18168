using System.Buffers;
using System.Text.RegularExpressions;

namespace RagApp.Text.Analysis;

/// <summary>
/// An identifier or code in a text, such as <c>TR-2024-117</c>, <c>v2.1</c> or <c>INV/2024#7</c>: runs of letters
/// and digits joined by single <c>-_/.:#</c>, with a digit somewhere. The whole code is a term, and so are its parts.
/// </summary>
internal readonly partial record struct Code(string Term, int Start)
{
    /// <summary>Longest code, in characters; people type no longer codes.</summary>
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Joiners = SearchValues.Create("-_/.:#");

    private static readonly SearchValues<char> Numeric = SearchValues.Create("0123456789.");

    /// <summary>The codes of a text, in order.</summary>
    public static IEnumerable<Code> In(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfRun(text, start);
            if (IsCode(text.AsSpan(start, end - start)))
                yield return new Code(text[start..end].ToLowerInvariant(), start);
            start = Math.Max(end, start + 1);
        }
    }

    /// <summary>
    /// The parts of a word that mixes letters and digits: its runs of digits and its runs of two or more letters. So
    /// <c>ISO 27001</c> finds <c>ISO27001</c>.
    /// </summary>
    public static IEnumerable<string> Parts(string word) =>
        Plain().IsMatch(word) ? [] : Runs().Matches(word).Select(run => run.Value);

    private static int EndOfRun(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || IsJoinerBetween(text, end, start)))
            end++;
        return end;
    }

    private static bool IsJoinerBetween(string text, int at, int start) =>
        at > start && at + 1 < text.Length && Joiners.Contains(text[at])
        && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    private static bool IsCode(ReadOnlySpan<char> run) =>
        run.Length is > 2 and <= MaxLength && run.ContainsAny(Joiners) && run.ContainsAnyInRange('0', '9')
        && run.ContainsAnyExcept(Numeric); // the word splitter keeps numbers such as 3.14 whole

    [GeneratedRegex(@"^(?:[\p{L}\p{M}']+|[\p{Nd}.,]+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"[\p{L}\p{M}]{2,}|\p{Nd}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Runs();
}
