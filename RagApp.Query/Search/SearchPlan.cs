using RagApp.Contracts.Search;
using RagApp.Query.Routing;

namespace RagApp.Query.Search;

/// <summary>The query to the index.</summary>
/// <param name="Texts">The question as asked, then the other wordings to search for.</param>
/// <param name="Mode">Ranked lists to search.</param>
/// <param name="Reason">Sentence that says why this mode was chosen.</param>
/// <param name="Limit">Number of candidates from each list.</param>
internal sealed record SearchPlan(IReadOnlyList<string> Texts, SearchMode Mode, string Reason, int Limit)
{
    /// <summary>Other forms of the question's numbers, dates and names, looked for as keywords beside each text; empty when it has none.</summary>
    public string OtherForms { get; init; } = "";

    /// <summary>Filters of the caller.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>Filters that the question itself names.</summary>
    public SearchFilters? FoundFilters { get; init; }

    /// <summary>Exact text to look up; null for an ordinary question.</summary>
    public ExactLookup? Exact { get; init; }
}
