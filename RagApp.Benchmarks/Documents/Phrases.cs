using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Documents;

/// <summary>
/// Searches a text for a phrase by the corpus's rule: both in Unicode form NFKC, without invisible characters, with each run of
/// whitespace as one space.
/// </summary>
internal static partial class Phrases
{
    public static bool Holds(string text, string phrase)
    {
        var wanted = Comparable(phrase);
        var found = Comparable(text);
        if (Cjk().IsMatch(wanted))
            (found, wanted) = (WithoutSpaces(found), WithoutSpaces(wanted));
        return found.Contains(wanted, StringComparison.Ordinal)
            || Emphasis().Replace(found, "").Contains(wanted, StringComparison.Ordinal);
    }

    private static string Comparable(string text) =>
        Whitespace().Replace(Invisible().Replace(text.Normalize(NormalizationForm.FormKC), ""), " ").Trim();

    private static string WithoutSpaces(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"[\u00AD\u200B\uFEFF]", RegexOptions.None, 30_000)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\s+", RegexOptions.None, 30_000)]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"[*_`]", RegexOptions.None, 30_000)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]", RegexOptions.None, 30_000)]
    private static partial Regex Cjk();
}
