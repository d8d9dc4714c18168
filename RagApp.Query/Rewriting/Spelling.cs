using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Query.Rewriting;

/// <summary>
/// Corrects words that no passage has which the person may read, by words that one has. Codes, capitals, what is in
/// quotation marks and questions in a language without documents are left alone.
/// </summary>
internal sealed partial class Spelling(IChunkIndex index, ITextAnalysis analysis)
{
    /// <summary>Shorter words are too like too many others.</summary>
    private const int MinLength = 5;

    /// <summary>Beyond the alphabets, words are not made of letters that are swapped or left out.</summary>
    private const char EndOfAlphabets = '\u0E00';

    /// <summary>Null when nothing is corrected.</summary>
    public async Task<string?> CorrectAsync(string text, AccessFilter access, CancellationToken cancellationToken)
    {
        var language = analysis.DetectLanguage(text);
        var words = WordsOf(text).Where(word => analysis.Terms(word.Value, language).Count > 0).ToList();
        if (words.Count == 0)
            return null;
        var corrections = await index.CorrectAsync(
            words.Select(word => word.Value).ToHashSet(StringComparer.Ordinal), access, cancellationToken);
        // Where most words are unknown they are not misspelt: they are another language, or about something else.
        if (corrections.Count == 0 || (corrections.Count > 1 && corrections.Count * 2 > words.Count))
            return null;
        if (await index.CountAsync(new SearchFilters { Languages = [language] }, access, cancellationToken) == 0)
            return null;
        foreach (var word in Enumerable.Reverse(words))
        {
            if (corrections.TryGetValue(word.Value, out var correction))
                text = string.Concat(text.AsSpan(0, word.Index), correction, text.AsSpan(word.Index + word.Length));
        }
        return text;
    }

    /// <summary>Lower-case words that stand by themselves, outside quotation marks.</summary>
    private static IEnumerable<Match> WordsOf(string text) => LowerCaseWord().Matches(Quoted().Replace(text, quoted => new string(' ', quoted.Length)))
        .Where(match => match.Length >= MinLength && match.Value.All(c => c < EndOfAlphabets));

    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{Nd}_@#/.:'’-])[\p{Ll}\p{Lo}\p{M}]+(?![\p{L}\p{M}\p{Nd}_@#/'’-]|[.:][\p{L}\p{Nd}])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LowerCaseWord();

    [GeneratedRegex("""["“„«「『][^"“”„«»「」『』]*["”“»」』]""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
