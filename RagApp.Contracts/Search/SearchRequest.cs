namespace RagApp.Contracts.Search;

/// <summary>Body of <c>POST /search</c>.</summary>
/// <param name="Query">What to look for, 1 to 4,000 characters.</param>
/// <param name="Top">How many passages to return, 1 to 100; 10 when left out.</param>
/// <param name="Mode">Which lists take part; chosen by the question when left out.</param>
public sealed record SearchRequest(string Query, int? Top = null, SearchMode? Mode = null)
{
    /// <summary>Narrows the search; up to 100 values for each property, of up to 256 characters.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>Earlier messages of the conversation, oldest first, so that a follow-up is understood: up to 20, of up to 8,000 characters.</summary>
    public IReadOnlyList<SearchMessage>? History { get; init; }

    /// <summary>Whether filters that the question itself names count as well ("in the 2024 handbook"); true when left out.</summary>
    public bool? FindFilters { get; init; }

    /// <summary>Whether a chat model, where one is configured, may put the question in other words too; false when left out.</summary>
    public bool? MoreQueries { get; init; }
}
