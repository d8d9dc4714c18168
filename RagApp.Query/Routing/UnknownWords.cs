using System.Text.RegularExpressions;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Query.Routing;

/// <summary>
/// Finds the words of a question that no readable passage has, in any of their forms. What is found in their place is about something else: a guideline
/// that never mentions acupuncture says nothing about it.
/// </summary>
internal static partial class UnknownWords
{
    /// <summary>Characters from here on belong to scripts without spaces between words.</summary>
    private const char EndOfAlphabets = '\u0E00';

    /// <summary>Fewest letters of a word that is no abbreviation; shorter ones are often misspelt, as in "wen" for "when".</summary>
    private const int ShortestWord = 5;

    /// <summary>
    /// The words as written; null when there are none, when no passage found is in the question's language, or when the index does not say which terms it has.
    /// A word in small letters that is in no word list is taken for misspelt. German and Dutch questions have none, since a compound is seldom written as in
    /// the question.
    /// </summary>
    public static IReadOnlyList<string>? In(string question, ChunkCandidates found, ITextAnalysis analysis)
    {
        var language = analysis.DetectLanguage(question);
        var languages = found.Keyword.Concat(found.Semantic).Select(scored => scored.Chunk.Properties.Language).Distinct(StringComparer.Ordinal).ToList();
        if ((found.TermWeights.Count == 0 && found.Keyword.Count > 0) || language is "de" or "nl" || !languages.Contains(language))
            return null;
        List<string> unknown =
        [
            .. Word().Matches(question).Select(match => match.Value).Where(word => word.All(c => c < EndOfAlphabets) && IsSpelt(word, language)).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(word => analysis.Terms(word, language).Count > 0 && !languages.Exists(known => analysis.Terms(word, known).Any(found.TermWeights.ContainsKey))),
        ];
        return unknown.Count == 0 ? null : unknown;
    }

    private static bool IsSpelt(string word, string language) =>
        char.IsUpper(word[^1]) || (word.Length >= ShortestWord && WordList.Find(language)?.Contains(word.ToLowerInvariant()) != false);

    /// <summary>Three letters or more, without digits.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}])\p{L}[\p{L}\p{M}]{2,}(?![\p{L}\p{M}\p{Nd}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
