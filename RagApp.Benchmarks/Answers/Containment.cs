using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Answers;

/// <summary>Tests whether a text contains an answer. Both are normalised as SQuAD does: lower case, no punctuation, no English articles.</summary>
internal static partial class Containment
{
    public static bool IsIn(IEnumerable<string> sentences, IEnumerable<string> answers)
    {
        var text = Normalise(string.Join(' ', sentences));
        return answers.Select(Normalise).Any(answer => answer.Length > 0 && text.Contains(answer, StringComparison.Ordinal));
    }

    /// <summary>Tests whether words are an answer: they contain an accepted one, or are a part of it.</summary>
    public static bool IsAnswer(string words, IEnumerable<string> answers) =>
        Normalise(words) is { Length: > 0 } said
        && answers.Select(Normalise).Any(answer => answer.Length > 0 && (said.Contains(answer, StringComparison.Ordinal) || answer.Contains(said, StringComparison.Ordinal)));

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
