using System.Text.RegularExpressions;
using RagApp.Text;

namespace RagApp.Benchmarks.PdfTexts;

/// <summary>
/// The words of a text in a form that programs can be compared by: without case, compatibility forms, hyphens between letters (which stay or go at line ends)
/// and the marks of exponents and indices. Each Chinese and Japanese character is a word; letters and digits that touch are two words, as with the mark of a note.
/// </summary>
internal static partial class TextWords
{
    /// <summary>Number of words of a run that is compared.</summary>
    public const int RunLength = 3;

    private const int Milliseconds = 10_000;

    public static IReadOnlyList<string> Of(string text)
    {
        var plain = NormalForm.Compatible(WithoutNulls(text)).ToLowerInvariant();
        plain = Marks().Replace(Hyphens().Replace(plain, ""), "");
        return [.. Words().EnumerateMatches(plain).ToList(plain)];
    }

    /// <summary>All runs of three words, each with how often it is there.</summary>
    public static Dictionary<string, int> Runs(IReadOnlyList<string> words)
    {
        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at + RunLength <= words.Count; at++)
        {
            var run = $"{words[at]} {words[at + 1]} {words[at + 2]}";
            runs[run] = runs.GetValueOrDefault(run) + 1;
        }
        return runs;
    }

    /// <summary>Twice the common part by the sum of both, from 0 to 1 (Dice).</summary>
    public static double Agreement(Dictionary<string, int> one, Dictionary<string, int> other)
    {
        var total = one.Values.Sum() + other.Values.Sum();
        return total == 0 ? 1 : 2.0 * one.Sum(run => Math.Min(run.Value, other.GetValueOrDefault(run.Key))) / total;
    }

    private static string WithoutNulls(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is not (0 or 0xFFFE or 0xFFFF)));

    private static List<string> ToList(this Regex.ValueMatchEnumerator matches, string text)
    {
        var words = new List<string>();
        foreach (var match in matches)
            words.Add(text.Substring(match.Index, match.Length));
        return words;
    }

    [GeneratedRegex(@"(?<=\p{L})[-\u00AD\u2010\u2011]\s*(?=\p{L})", RegexOptions.CultureInvariant, Milliseconds)]
    private static partial Regex Hyphens();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}])[\^_](?=[\p{L}\p{N}])|[\u00AD\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]", RegexOptions.CultureInvariant, Milliseconds)]
    private static partial Regex Marks();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]|[\p{L}\p{M}-[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]]+|\p{N}+", RegexOptions.CultureInvariant, Milliseconds)]
    private static partial Regex Words();
}
