using RagApp.Contracts.Search;

namespace RagApp.Query.Routing;

/// <summary>What kind of question it is, and how it is searched for.</summary>
/// <param name="Mode">Which lists take part.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record RoutedQuestion(SearchRoute Route, SearchMode Mode, string Reason)
{
    /// <summary>What is said to it without a search; null when it is searched for.</summary>
    public string? Reply { get; init; }

    /// <summary>What is looked up as it is written; null when nothing is.</summary>
    public ExactLookup? Exact { get; init; }
}
