namespace RagApp.Contracts.Search;

/// <summary>Body of <c>POST /search</c>.</summary>
/// <param name="Query">Words or question to search for, 1 to 4,000 characters.</param>
/// <param name="Top">Largest number of passages to return, 1 to 100; 10 when left out.</param>
/// <param name="Mode">Ranked lists to combine; chosen by the kind of question when left out.</param>
public sealed record SearchRequest(string Query, int? Top = null, SearchMode? Mode = null)
{
    /// <summary>Filters that narrow the search; up to 100 values for each property, of up to 256 characters each.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>
    /// Earlier messages of the conversation, oldest first, which explain a follow-up question: up to 20, of up to 8,000
    /// characters each.
    /// </summary>
    public IReadOnlyList<SearchMessage>? History { get; init; }

    /// <summary>True when filters that the question itself names ("in the 2024 handbook") apply too; true when left out.</summary>
    public bool? FindFilters { get; init; }

    /// <summary>True to let a configured chat model paraphrase the question too; false when left out.</summary>
    public bool? MoreQueries { get; init; }
}
