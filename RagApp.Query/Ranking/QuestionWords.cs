using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Query.Ranking;

/// <summary>Looks for a question's words in passages, stemmed by the passage's language; rare words weigh more.</summary>
/// <param name="weights">Weights of <see cref="ChunkCandidates.TermWeights"/>; when empty, all words weigh the same.</param>
internal sealed class QuestionWords(ITextAnalysis analysis, string question, IReadOnlyDictionary<string, double> weights)
{
    private readonly Dictionary<string, Words> _byLanguage = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Language, string Text), IReadOnlyList<string>> _headings = [];

    public string Language { get; } = analysis.DetectLanguage(question);

    /// <summary>Measures how many of the question's words are in the passage, its title and its headings.</summary>
    public WordsFound FindIn(FoundChunk chunk)
    {
        var language = chunk.Properties.Language;
        if (!_byLanguage.TryGetValue(language, out var words))
            _byLanguage.Add(language, words = new Words(analysis.QuestionTerms(question, language), WeightOf));
        return words.IsEmpty
            ? WordsFound.None
            : words.FindIn(analysis.Terms(chunk.Text, language), HeadingTerms($"{chunk.Title}\n{chunk.Section}", language));
    }

    private double WeightOf(string term) => weights.Count == 0 ? 1 : weights.GetValueOrDefault(term);

    /// <summary>Stems of a title and headings, cached because the passages of a document share them.</summary>
    private IReadOnlyList<string> HeadingTerms(string text, string language)
    {
        if (!_headings.TryGetValue((language, text), out var terms))
            _headings.Add((language, text), terms = analysis.Terms(text, language));
        return terms;
    }

    /// <summary>The question's terms in one language.</summary>
    private sealed class Words
    {
        private readonly Dictionary<string, double> _terms;
        private readonly Dictionary<(string, string), double> _pairs;

        public Words(IReadOnlyList<string> terms, Func<string, double> weightOf)
        {
            _terms = terms.Distinct(StringComparer.Ordinal).ToDictionary(term => term, weightOf, StringComparer.Ordinal);
            _pairs = Pairs(terms).Distinct().ToDictionary(pair => pair, pair => _terms[pair.Item1] + _terms[pair.Item2]);
        }

        public bool IsEmpty => _terms.Count == 0;

        public WordsFound FindIn(IReadOnlyList<string> text, IReadOnlyList<string> headings) => new(
            text.Concat(headings).Where(_terms.ContainsKey).Distinct(StringComparer.Ordinal).Count() / (double)_terms.Count,
            Share(_terms, headings),
            Share(_pairs, Pairs(text).Concat(Pairs(headings))));

        private static IEnumerable<(string, string)> Pairs(IReadOnlyList<string> terms) => terms.Zip(terms.Skip(1));

        /// <summary>
        /// Share, by weight, of <paramref name="wanted"/> that is in <paramref name="there"/>; 0 when the wanted items have no
        /// weight.
        /// </summary>
        private static double Share<T>(Dictionary<T, double> wanted, IEnumerable<T> there)
            where T : notnull
        {
            var all = wanted.Values.Sum();
            return all > 0 ? there.Where(wanted.ContainsKey).Distinct().Sum(found => wanted[found]) / all : 0;
        }
    }
}

/// <summary>Shares of a question's words found in a passage, stop words excluded, each 0 to 1.</summary>
/// <param name="Covered">Share of the words in the passage, its title or its headings; every word weighs the same.</param>
/// <param name="InHeadings">Share of the words in title or headings; rare words weigh more.</param>
/// <param name="Pairs">
/// Share of the question's pairs of neighbouring words that are neighbours in the passage or headings too; rare words weigh
/// more.
/// </param>
internal sealed record WordsFound(double Covered, double InHeadings, double Pairs)
{
    public static readonly WordsFound None = new(0, 0, 0);
}
