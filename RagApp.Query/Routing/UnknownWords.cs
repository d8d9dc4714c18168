using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Text;
using RagApp.Text.Analysis;
using RagApp.Text.Languages;

namespace RagApp.Query.Routing;

/// <summary>
/// Finds the words of a question that no readable passage has, in any of their forms. What is found in their place is about something else: a guideline
/// that never mentions acupuncture says nothing about it.
/// </summary>
internal sealed partial class UnknownWords(IChunkIndex index, ITextAnalysis analysis)
{
    /// <summary>Fewest letters of a word that is no abbreviation; shorter ones are often misspelt, as in "wen" for "when".</summary>
    private const int ShortestWord = 5;

    /// <summary>Fewest readable passages in the question's language: in fewer, ordinary words are missing by chance.</summary>
    private const int FewestPassages = 1_000;

    /// <summary>Most words of a question that is looked at: the index looks up a bounded number of terms, so that those of a longer question may lack.</summary>
    private const int MostWords = 40;

    /// <summary>
    /// Returns the words as written; null when there are none, or when the index does not say which terms it has. A word in small letters that is in no word
    /// list is taken for misspelt. German, Dutch and Korean questions have none, since compounds, and words with their particles, are seldom written as in the
    /// question.
    /// </summary>
    public async Task<IReadOnlyList<string>?> FindAsync(string question, ChunkCandidates found, AccessFilter access, CancellationToken cancellationToken)
    {
        var language = analysis.DetectLanguage(question);
        if ((found.TermWeights.Count == 0 && found.Keyword.Count > 0) || language is "de" or "nl" or "ko")
            return null;
        var words = Word().Matches(question);
        if (words.Count > MostWords)
            return null;
        var languages = found.Keyword.Concat(found.Semantic).Select(scored => scored.Chunk.Properties.Language).Distinct(StringComparer.Ordinal).ToList();
        List<string> unknown =
        [
            .. words.Select(match => match.Value).Where(word => IsSpelt(word, language)).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(word => !languages.Exists(known => analysis.Terms(word, known).Any(found.TermWeights.ContainsKey))),
        ];
        return unknown.Count > 0 && await index.CountAsync(new SearchFilters { Languages = [language] }, access, cancellationToken) >= FewestPassages ? unknown : null;
    }

    private bool IsSpelt(string word, string language) =>
        !word.Any(c => Scripts.HasNoSpaces(c))
        && analysis.Terms(word, language).Count > 0
        && Language.Find(language)?.QuestionWords.AnyIn(Words.Of(word)) != true
        && (char.IsUpper(word[^1]) || (word.Length >= ShortestWord && WordList.Find(language)?.Contains(word.ToLowerInvariant()) != false));

    /// <summary>Three letters or more, without digits.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}])\p{L}[\p{L}\p{M}]{2,}(?![\p{L}\p{M}\p{Nd}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
