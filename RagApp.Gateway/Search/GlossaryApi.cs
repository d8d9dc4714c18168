using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RagApp.Contracts.Search;
using RagApp.Gateway.Audit;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Search;

/// <summary>Glossary endpoints. They pass requests on to the query router, which decides who may change the glossary.</summary>
internal static class GlossaryApi
{
    public static RouteGroupBuilder MapGlossary(this IEndpointRouteBuilder routes)
    {
        var glossary = routes.MapGroup("/v1/glossary").RequireAuthorization().WithScope(KeyScope.Read).WithTags("Search");
        glossary.MapGet("/", GetAsync).WithName("getGlossary").WithSummary("Read the glossary");
        glossary.MapPut("/", SaveAsync).WithScope(KeyScope.Admin).WithName("setGlossary").WithSummary("Change the glossary")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);
        return glossary;
    }

    private static async Task<Ok<Glossary>> GetAsync(
        CallerPrincipal caller, HttpResponse response, SearchClient search, CancellationToken cancellationToken) =>
        Answer(await search.GetGlossaryAsync(caller.Principal, cancellationToken), response);

    private static async Task<Ok<Glossary>> SaveAsync(
        CallerPrincipal caller, Glossary glossary, HttpRequest request, SearchClient search, RequestAudit audit, CancellationToken cancellationToken)
    {
        var ifMatch = request.Headers.IfMatch.ToString();
        var saved = await search.SaveGlossaryAsync(caller.Principal, glossary, ifMatch.Length == 0 ? null : ifMatch, cancellationToken);
        audit.Record(caller.Principal, AuditActions.GlossaryChanged, [("entries", AuditDetails.Number(saved.Glossary.Entries.Count))]);
        return Answer(saved, request.HttpContext.Response);
    }

    private static Ok<Glossary> Answer(StoredGlossary stored, HttpResponse response)
    {
        if (stored.ETag is { } etag)
            response.Headers[HeaderNames.ETag] = etag;
        return TypedResults.Ok(stored.Glossary);
    }
}
