using RagApp.Contracts.Search;

namespace RagApp.Query.Routing;

/// <summary>The kind of a question and the way to search for it.</summary>
/// <param name="Mode">Ranked lists to search.</param>
/// <param name="Reason">Sentence that says why this mode was chosen.</param>
internal sealed record RoutedQuestion(SearchRoute Route, SearchMode Mode, string Reason)
{
    /// <summary>Reply without a search; null when a search is needed.</summary>
    public string? Reply { get; init; }

    /// <summary>Exact text to look up; null for an ordinary question.</summary>
    public ExactLookup? Exact { get; init; }
}
