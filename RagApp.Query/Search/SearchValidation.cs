using RagApp.Contracts.Search;

namespace RagApp.Query.Search;

/// <summary>Checks a search request; an error is a sentence that says how to mend it.</summary>
internal static class SearchValidation
{
    private const int MaxQueryLength = 4000;
    private const int MaxTop = 100;
    private const int MaxMessages = 20;
    private const int MaxMessageLength = 8000;
    private const int MaxFilterValues = 100;
    private const int MaxFilterLength = 256;

    /// <summary>Returns the first error; null when the request is valid.</summary>
    public static string? WhatIsWrong(SearchRequest request) => request switch
    {
        { Query: var query } when string.IsNullOrWhiteSpace(query) => "The query is empty: 'query' takes 1 to 4,000 characters.",
        { Query.Length: > MaxQueryLength } => $"The query has {request.Query.Length:N0} characters; at most {MaxQueryLength:N0} are accepted.",
        { Top: < 1 or > MaxTop } => $"'top' is {request.Top}; it lies between 1 and {MaxTop}.",
        _ => WhatIsWrong(request.History) ?? WhatIsWrong(request.Filters),
    };

    private static string? WhatIsWrong(IReadOnlyList<SearchMessage>? history) => history switch
    {
        null => null,
        { Count: > MaxMessages } => $"'history' has {history.Count:N0} messages; send the latest {MaxMessages} at most.",
        _ when history.Any(message => string.IsNullOrWhiteSpace(message?.Text)) => "A message of 'history' is empty: leave it out, or give it a 'role' and a 'text'.",
        _ when history.Any(message => message.Text.Length > MaxMessageLength) =>
            $"A message of 'history' has {history.Max(message => message.Text.Length):N0} characters; shorten it to {MaxMessageLength:N0} at most.",
        _ => null,
    };

    private static string? WhatIsWrong(SearchFilters? filters) => filters switch
    {
        null => null,
        { From: { } from, Before: { } before } when from >= before => "'filters.from' is not before 'filters.before', so no document can match.",
        _ => WhatIsWrong("documents", filters.Documents)
            ?? WhatIsWrong("sources", filters.Sources)
            ?? WhatIsWrong("types", filters.Types)
            ?? WhatIsWrong("tags", filters.Tags)
            ?? WhatIsWrong("languages", filters.Languages),
    };

    private static string? WhatIsWrong(string name, IReadOnlyList<string>? values) => values switch
    {
        null => null,
        [] => $"'filters.{name}' is empty: leave it out, or name at least one value.",
        { Count: > MaxFilterValues } => $"'filters.{name}' has {values.Count:N0} values; at most {MaxFilterValues} are accepted.",
        _ when values.Any(string.IsNullOrWhiteSpace) => $"A value of 'filters.{name}' is empty: leave it out.",
        _ when values.Any(value => value.Length > MaxFilterLength) => $"A value of 'filters.{name}' is longer than {MaxFilterLength} characters.",
        _ => null,
    };
}
