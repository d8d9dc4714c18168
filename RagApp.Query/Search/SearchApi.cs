using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Query.Search;

internal static class SearchApi
{
    private const int MaxQueryLength = 4000;
    private const int MaxTop = 100;

    public static RouteHandlerBuilder MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/search", SearchAsync).RequireAuthorization();

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> SearchAsync(
        CallerPrincipal caller, SearchRequest request, HybridSearch search, CancellationToken cancellationToken) =>
        WhatIsWrong(request) is { } error
            ? TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest)
            : TypedResults.Ok(await search.SearchAsync(caller.Principal, request, cancellationToken));

    private static string? WhatIsWrong(SearchRequest request) => request switch
    {
        { Query: var query } when string.IsNullOrWhiteSpace(query) => "The query is empty: 'query' takes 1 to 4,000 characters.",
        { Query.Length: > MaxQueryLength } => $"The query has {request.Query.Length:N0} characters; at most {MaxQueryLength:N0} are accepted.",
        { Top: < 1 or > MaxTop } => $"'top' is {request.Top}; it lies between 1 and {MaxTop}.",
        _ => null,
    };
}
