using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Blobs;

namespace RagApp.Query.Glossaries;

/// <summary>The glossary of the caller's tenant: everyone of the tenant may read it, administrators change it.</summary>
internal static class GlossaryApi
{
    public static RouteGroupBuilder MapGlossary(this IEndpointRouteBuilder routes)
    {
        var glossary = routes.MapGroup("/glossary").RequireAuthorization();
        glossary.MapGet("/", GetAsync);
        glossary.MapPut("/", SaveAsync);
        return glossary;
    }

    private static async Task<Ok<Glossary>> GetAsync(
        CallerPrincipal caller, HttpResponse response, GlossaryStore glossaries, CancellationToken cancellationToken) =>
        Answer(await glossaries.FindAsync(caller.Principal.Tenant, cancellationToken), response);

    private static async Task<Results<Ok<Glossary>, ProblemHttpResult>> SaveAsync(
        CallerPrincipal caller, Glossary glossary, HttpRequest request, GlossaryStore glossaries, CancellationToken cancellationToken)
    {
        if (!caller.Principal.Roles.Contains(Role.Admin, StringComparer.Ordinal))
            return TypedResults.Problem($"Changing the glossary needs the role '{Role.Admin}'.", statusCode: StatusCodes.Status403Forbidden);
        if (GlossaryValidation.WhatIsWrong(glossary) is { } error)
            return TypedResults.Problem(error, statusCode: StatusCodes.Status400BadRequest);

        var ifMatch = request.Headers.IfMatch.ToString();
        try
        {
            var saved = await glossaries.SaveAsync(caller.Principal.Tenant, glossary, ifMatch.Length == 0 ? null : ifMatch, cancellationToken);
            return Answer(saved, request.HttpContext.Response);
        }
        catch (BlobConflictException)
        {
            return ifMatch.Length == 0
                ? TypedResults.Problem("There is a glossary already: read it, and send its ETag as 'If-Match' with the change.", statusCode: StatusCodes.Status428PreconditionRequired)
                : TypedResults.Problem("The glossary was changed in between: read it again, make the change in it, and send its new ETag.", statusCode: StatusCodes.Status412PreconditionFailed);
        }
    }

    private static Ok<Glossary> Answer(StoredGlossary stored, HttpResponse response)
    {
        if (stored.ETag is { } etag)
            response.Headers[HeaderNames.ETag] = etag;
        return TypedResults.Ok(stored.Glossary);
    }
}
