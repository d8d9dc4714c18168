using RagApp.Contracts.Search;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>Word stems and numbers of a passage, its title and its headings, for comparison with a statement.</summary>
internal sealed record Evidence(SearchHit Passage, IReadOnlySet<string> Terms, IReadOnlySet<string> Numbers)
{
    /// <param name="language">Language of the statement, by which words are stemmed.</param>
    public static Evidence Of(SearchHit passage, string language, ITextAnalysis analysis)
    {
        var text = $"{passage.Title}\n{passage.Section}\n{passage.Text}";
        return new Evidence(
            passage,
            analysis.Terms(text, language).ToHashSet(StringComparer.Ordinal),
            Support.Numbers.In(text).ToHashSet(StringComparer.Ordinal));
    }
}
