using RagApp.Contracts.Search;
using RagApp.Query.Routing;

namespace RagApp.Query.Search;

/// <summary>What the index is asked.</summary>
/// <param name="Texts">The question as it was asked, then what else is searched for.</param>
/// <param name="Mode">Which lists take part.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Limit">Passages that each list offers.</param>
internal sealed record SearchPlan(IReadOnlyList<string> Texts, SearchMode Mode, string Reason, int Limit)
{
    /// <summary>What the caller narrows the search to.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>What the question itself narrows it to.</summary>
    public SearchFilters? FoundFilters { get; init; }

    /// <summary>What is looked up as it is written; null when nothing is.</summary>
    public ExactLookup? Exact { get; init; }
}
