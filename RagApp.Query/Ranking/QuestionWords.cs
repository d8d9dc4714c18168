using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Query.Ranking;

/// <summary>The words of a question, to be looked for in passages: as terms of the passage's language.</summary>
internal sealed class QuestionWords(ITextAnalysis analysis, string question)
{
    private readonly Dictionary<string, Words> _byLanguage = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Language, string Text), IReadOnlyList<string>> _headings = [];

    public string Language { get; } = analysis.DetectLanguage(question);

    /// <summary>How the passage, its title and its headings hold the question's words.</summary>
    public WordsFound FindIn(FoundChunk chunk)
    {
        var language = chunk.Properties.Language;
        if (!_byLanguage.TryGetValue(language, out var words))
            _byLanguage.Add(language, words = new Words(analysis.QuestionTerms(question, language)));
        return words.All.Count == 0
            ? WordsFound.None
            : words.FindIn(analysis.Terms(chunk.Text, language), HeadingTerms($"{chunk.Title}\n{chunk.Section}", language));
    }

    /// <summary>Passages of one document share them.</summary>
    private IReadOnlyList<string> HeadingTerms(string text, string language)
    {
        if (!_headings.TryGetValue((language, text), out var terms))
            _headings.Add((language, text), terms = analysis.Terms(text, language));
        return terms;
    }

    /// <summary>The question's terms in one language.</summary>
    private sealed class Words(IReadOnlyList<string> terms)
    {
        private readonly HashSet<(string, string)> _pairs = [.. Pairs(terms)];

        public HashSet<string> All { get; } = new(terms, StringComparer.Ordinal);

        public WordsFound FindIn(IReadOnlyList<string> text, IReadOnlyList<string> headings)
        {
            var inHeadings = headings.Where(All.Contains).ToHashSet(StringComparer.Ordinal);
            var anywhere = text.Where(All.Contains).Concat(inHeadings).Distinct(StringComparer.Ordinal).Count();
            var pairs = _pairs.Count == 0 ? 0 : Pairs(text).Concat(Pairs(headings)).Where(_pairs.Contains).Distinct().Count() / (double)_pairs.Count;
            return new WordsFound(anywhere / (double)All.Count, inHeadings.Count / (double)All.Count, pairs);
        }

        private static IEnumerable<(string, string)> Pairs(IReadOnlyList<string> terms) => terms.Zip(terms.Skip(1));
    }
}

/// <summary>Shares of a question's words, stop words left out, each 0 to 1.</summary>
/// <param name="Covered">In the passage, its title or its headings.</param>
/// <param name="InHeadings">In title or headings.</param>
/// <param name="Pairs">Of the pairs that follow each other: those that do so there, too.</param>
internal sealed record WordsFound(double Covered, double InHeadings, double Pairs)
{
    public static readonly WordsFound None = new(0, 0, 0);
}
