using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Query.Search;

internal static class SearchApi
{
    public static RouteHandlerBuilder MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/search", SearchAsync).RequireAuthorization();

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> SearchAsync(
        CallerPrincipal caller, SearchRequest request, HybridSearch search, CancellationToken cancellationToken) =>
        SearchValidation.WhatIsWrong(request) is { } error
            ? TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest)
            : TypedResults.Ok(await search.SearchAsync(caller.Principal, request, cancellationToken));
}
