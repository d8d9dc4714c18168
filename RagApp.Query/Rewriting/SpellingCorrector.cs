using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Replaces words that are in no word list of the question's language and in no readable passage by similar words that a
/// passage has. Codes, capitalised words, quoted text and questions in a language without a list or without documents are not
/// changed.
/// </summary>
internal sealed partial class SpellingCorrector(IChunkIndex index, ITextAnalysis analysis)
{
    /// <summary>Shortest word to correct; shorter words resemble too many others.</summary>
    private const int MinLength = 5;

    /// <summary>Characters from here on belong to scripts in which letters are not swapped or left out.</summary>
    private const char EndOfAlphabets = '\u0E00';

    /// <summary>Returns the corrected text; null when nothing is corrected.</summary>
    public async Task<string?> CorrectAsync(string text, AccessFilter access, CancellationToken cancellationToken)
    {
        var language = analysis.DetectLanguage(text);
        if (WordList.Find(language) is null)
            return null;
        var languages = LanguagesOf(text);
        var words = WordsOf(text).ToList();
        var unknown = words.Where(word => !languages.Exists(list => WordList.Find(list)!.Contains(word.Value))).ToList();
        if (unknown.Count == 0)
            return null;
        var corrections = await index.CorrectAsync(
            unknown.Select(word => word.Value).ToHashSet(StringComparer.Ordinal), access, cancellationToken);
        // When most words are unknown and no stop word tells the language, they are not misspelt: they are in another language.
        if (corrections.Count == 0 || (languages.Count > 1 && corrections.Count > 1 && corrections.Count * 2 > words.Count))
            return null;
        if (await index.CountAsync(new SearchFilters { Languages = [language] }, access, cancellationToken) == 0)
            return null;
        foreach (var word in Enumerable.Reverse(unknown))
        {
            if (corrections.TryGetValue(word.Value, out var correction))
                text = string.Concat(text.AsSpan(0, word.Index), correction, text.AsSpan(word.Index + word.Length));
        }
        return text;
    }

    /// <summary>Languages with a list that the text may be in: those with the most stop words in it or one less, or all when it has none.</summary>
    private List<string> LanguagesOf(string text)
    {
        var words = AllWords().Matches(text).Select(word => word.Value).ToList();
        var stopWords = WordList.Languages.ToDictionary(
            language => language, language => words.Count(word => analysis.Terms(word, language).Count == 0), StringComparer.Ordinal);
        var most = stopWords.Values.Max();
        return [.. WordList.Languages.Where(language => most == 0 || stopWords[language] >= Math.Max(1, most - 1))];
    }

    /// <summary>Lower-case words between spaces, outside quotation marks.</summary>
    private static IEnumerable<Match> WordsOf(string text) => LowerCaseWord().Matches(Quoted().Replace(text, quoted => new string(' ', quoted.Length)))
        .Where(match => match.Length >= MinLength && match.Value.All(c => c < EndOfAlphabets));

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}_@#/.:'’-])[\p{Ll}\p{Lo}\p{M}]+(?![\p{L}\p{M}\p{Nd}_@#/'’-]|[.:][\p{L}\p{Nd}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LowerCaseWord();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AllWords();

    [GeneratedRegex("""["“„«「『][^"“”„«»「」『』]*["”“»」』]""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
