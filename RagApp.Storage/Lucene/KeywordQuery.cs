using Lucene.Net.Index;
using Lucene.Net.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The question as a query: any of its terms, in the text or, for more, in title and headings. A chunk is
/// indexed in its document's language, so the question is put once in each language that the index has.
/// </summary>
internal static class KeywordQuery
{
    /// <summary>What a term in title or headings counts, where one in the text counts 1.</summary>
    private const float HeadingWeight = 0.5f;

    /// <summary>As many different terms as are looked for; a longer question is cut.</summary>
    private const int MaxTerms = 256;

    /// <summary>The query, or null when nothing in the question can be looked for.</summary>
    public static Query? Create(string question, IReadOnlyCollection<string> languages, ITextAnalysis analysis)
    {
        var query = new BooleanQuery(disableCoord: true);
        foreach (var language in languages)
        {
            var terms = analysis.QuestionTerms(question, language).Distinct(StringComparer.Ordinal).Take(MaxTerms).ToList();
            if (terms.Count > 0)
                query.Add(InLanguage(terms, language), Occur.SHOULD);
        }
        return query.Clauses.Count == 0 ? null : query;
    }

    private static BooleanQuery InLanguage(List<string> terms, string language)
    {
        var query = new BooleanQuery(disableCoord: true);
        foreach (var term in terms)
        {
            query.Add(new TermQuery(new Term(Fields.Text(language), term)), Occur.SHOULD);
            query.Add(new TermQuery(new Term(Fields.Heading(language), term)) { Boost = HeadingWeight }, Occur.SHOULD);
        }
        return query;
    }
}
