using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Http;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Query.Search;

internal static class SearchEndpoint
{
    public static RouteHandlerBuilder MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/search", SearchAsync).RequireAuthorization();

    private static async Task<Ok<SearchResponse>> SearchAsync(
        CallerPrincipal caller, SearchRequest request, SearchPipeline search, CancellationToken cancellationToken) =>
        SearchValidation.WhatIsWrong(request) is { } error
            ? throw ProblemException.BadRequest(error)
            : TypedResults.Ok(await search.SearchAsync(caller.Principal, request, cancellationToken));
}
