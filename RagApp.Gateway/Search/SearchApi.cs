using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Search;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Search;

/// <summary>Search endpoint. It passes requests on to the query router, which validates them.</summary>
internal static class SearchApi
{
    public static RouteHandlerBuilder MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/search", SearchAsync)
            .RequireAuthorization()
            .WithScope(KeyScope.Read)
            .WithTags("Search")
            .WithName("search")
            .WithSummary("Find passages")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<SearchResponse>> SearchAsync(
        CallerPrincipal caller, SearchRequest request, SearchClient search, CancellationToken cancellationToken) =>
        TypedResults.Ok(await search.SearchAsync(caller.Principal, request, cancellationToken));
}
