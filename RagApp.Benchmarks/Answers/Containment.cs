using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Answers;

/// <summary>Whether a text holds an answer: both in lower case, without punctuation and English articles, as SQuAD compares them.</summary>
internal static partial class Containment
{
    public static bool IsIn(IEnumerable<string> sentences, IEnumerable<string> answers)
    {
        var text = Normalise(string.Join(' ', sentences));
        return answers.Select(Normalise).Any(answer => answer.Length > 0 && text.Contains(answer, StringComparison.Ordinal));
    }

    private static string Normalise(string text)
    {
        var letters = Punctuation().Replace(text.ToLowerInvariant(), "");
        return Spaces().Replace(Articles().Replace(letters, " "), " ").Trim();
    }

    [GeneratedRegex(@"[!-/:-@\[-`{-~]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"\b(?:a|an|the)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Articles();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Spaces();
}
