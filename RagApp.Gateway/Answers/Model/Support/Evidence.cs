using RagApp.Contracts.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>What a passage says, as statements are held against it: its word stems and its numbers, those of its title and headings too.</summary>
internal sealed record Evidence(SearchHit Passage, IReadOnlySet<string> Terms, IReadOnlySet<string> Numbers)
{
    /// <param name="language">The statement's language, whose stems are compared.</param>
    public static Evidence Of(SearchHit passage, string language, ITextAnalysis analysis)
    {
        var text = $"{passage.Title}\n{passage.Section}\n{passage.Text}";
        return new Evidence(
            passage,
            analysis.Terms(text, language).ToHashSet(StringComparer.Ordinal),
            Support.Numbers.In(text).ToHashSet(StringComparer.Ordinal));
    }
}
