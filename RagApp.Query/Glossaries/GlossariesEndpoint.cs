using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Blobs;

namespace RagApp.Query.Glossaries;

/// <summary>Endpoints of the tenant's glossary: everyone of the tenant may read it, administrators change it.</summary>
internal static class GlossariesEndpoint
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

    private static async Task<Ok<Glossary>> SaveAsync(
        CallerPrincipal caller, Glossary glossary, HttpRequest request, GlossaryStore glossaries, CancellationToken cancellationToken)
    {
        if (!caller.Principal.Roles.Contains(Role.Admin, StringComparer.Ordinal))
            throw new ProblemException(HttpStatusCode.Forbidden, $"Changing the glossary needs the role '{Role.Admin}'.");
        if (GlossaryValidation.WhatIsWrong(glossary) is { } error)
            throw ProblemException.BadRequest(error);

        var ifMatch = request.Headers.IfMatch.ToString();
        try
        {
            var saved = await glossaries.SaveAsync(caller.Principal.Tenant, glossary, ifMatch.Length == 0 ? null : ifMatch, cancellationToken);
            return Answer(saved, request.HttpContext.Response);
        }
        catch (BlobConflictException)
        {
            throw ifMatch.Length == 0
                ? new ProblemException(HttpStatusCode.PreconditionRequired, "There is a glossary already: read it, and send its ETag as 'If-Match' with the change.")
                : new ProblemException(HttpStatusCode.PreconditionFailed, "The glossary was changed in between: read it again, make the change in it, and send its new ETag.");
        }
    }

    private static Ok<Glossary> Answer(StoredGlossary stored, HttpResponse response)
    {
        if (stored.ETag is { } etag)
            response.Headers[HeaderNames.ETag] = etag;
        return TypedResults.Ok(stored.Glossary);
    }
}
