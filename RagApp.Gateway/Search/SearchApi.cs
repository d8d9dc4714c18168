using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Search;
using RagApp.Gateway.Audit;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Gateway.Redacting;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Search;

/// <summary>Search endpoint. It passes requests on to the query router, which validates them, and hides confidential data in what it finds.</summary>
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
        CallerPrincipal caller, SearchRequest request, SearchClient search, PassageRedaction redaction, RequestAudit audit, CancellationToken cancellationToken)
    {
        var found = redaction.Hide(caller.Principal.Tenant, await search.SearchAsync(caller.Principal, request, cancellationToken));
        audit.Record(caller.Principal, AuditActions.SearchMade,
        [
            ("documents", AuditDetails.Documents(found.Hits.Select(hit => hit.DocumentId))),
            ("hits", AuditDetails.Number(found.Hits.Count)),
            ("hidden", AuditDetails.Hidden(found.Hidden ?? [])),
        ]);
        return TypedResults.Ok(found);
    }
}
