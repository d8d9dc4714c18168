using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary><c>/documents</c>: upload, list, read, download, change access and tags, delete.</summary>
internal static class IntakeApi
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1_000;

    public static RouteGroupBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/documents").RequireAuthorization().AddEndpointFilter(RequireId).AddEndpointFilter<StoreFailures>();
        documents.MapPost("/", UploadAsync).DisableAntiforgery();
        documents.MapGet("/", ListAsync);
        documents.MapPost("/lookup", LookUpAsync);
        documents.MapGet("/{id}", GetAsync);
        documents.MapGet("/{id}/children", ListChildrenAsync);
        documents.MapGet("/{id}/text", GetTextAsync);
        documents.MapGet("/{id}/original", GetOriginalAsync);
        documents.MapPut("/{id}/access", SetAccessAsync);
        documents.MapPut("/{id}/tags", SetTagsAsync);
        documents.MapDelete("/{id}", DeleteAsync);
        return documents;
    }

    private static async Task<Accepted<DocumentInfo>> UploadAsync(
        HttpRequest request, CallerPrincipal caller, UploadReader reader, QueueRoom room, DocumentIntake intake, DocumentView view, CancellationToken cancellationToken)
    {
        await room.RequireAsync(caller.Principal.Tenant, JobPriority.Interactive, cancellationToken);
        var upload = await reader.ReadAsync(request, caller.Principal, cancellationToken);
        var manifest = await intake.AcceptAsync(caller.Principal, upload, cancellationToken);
        return TypedResults.Accepted($"/documents/{manifest.Id}", await view.OfAsync(manifest, cancellationToken));
    }

    private static async Task<Ok<DocumentPage>> ListAsync(
        CallerPrincipal caller, DocumentListing listing, [AsParameters] DocumentListFilter filter, string? after, int? limit, CancellationToken cancellationToken)
    {
        RequireLimit(limit);
        return TypedResults.Ok(await listing.ListAsync(caller.Principal, parentId: null, filter, after, limit ?? DefaultPage, cancellationToken));
    }

    private static async Task<Ok<FoundDocuments>> LookUpAsync(
        DocumentLookup lookup, CallerPrincipal caller, DocumentLibrary library, CancellationToken cancellationToken)
    {
        if (lookup.Paths is not { Count: > 0 and <= DocumentLookup.MaxPaths })
            throw ProblemException.BadRequest($"'paths' holds 1 to {DocumentLookup.MaxPaths} paths.");
        return TypedResults.Ok(new FoundDocuments(await library.LookUpAsync(caller.Principal, lookup.Paths, cancellationToken)));
    }

    private static async Task<Ok<DocumentInfo>> GetAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, DocumentView view, CancellationToken cancellationToken) =>
        TypedResults.Ok(await view.OfAsync(await library.FindRecordAsync(caller.Principal, id, cancellationToken) ?? throw Missing(), cancellationToken));

    private static async Task<Ok<DocumentPage>> ListChildrenAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, DocumentListing listing, [AsParameters] DocumentListFilter filter, string? after, int? limit, CancellationToken cancellationToken)
    {
        RequireLimit(limit);
        var parent = await library.FindRecordAsync(caller.Principal, id, cancellationToken) ?? throw Missing();
        return TypedResults.Ok(await listing.ListAsync(caller.Principal, parent.Id, filter, after, limit ?? DefaultPage, cancellationToken));
    }

    private static async Task<Ok<DocumentText>> GetTextAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, CancellationToken cancellationToken) =>
        TypedResults.Ok(await library.ReadTextAsync(caller.Principal, id, cancellationToken) ?? throw Missing());

    /// <summary>Returns the file as a download, so that an uploaded web page never runs in this site's origin.</summary>
    private static async Task<FileStreamHttpResult> GetOriginalAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await library.OpenOriginalAsync(caller.Principal, id, cancellationToken) is not var (manifest, content))
            throw Missing();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox";
        return TypedResults.Stream(
            content, manifest.Latest.ContentType, DocumentPath.FileName(manifest.Path), manifest.Latest.UploadedAt,
            new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{manifest.Latest.Sha256}\""), enableRangeProcessing: content.CanSeek);
    }

    private static async Task<Ok<DocumentInfo>> SetAccessAsync(
        string id, AccessChange change, CallerPrincipal caller, DocumentLibrary library, DocumentView view, CancellationToken cancellationToken) =>
        TypedResults.Ok(await view.OfAsync(await library.SetAccessAsync(caller.Principal, id, change, cancellationToken) ?? throw Missing(), cancellationToken));

    private static async Task<Ok<DocumentInfo>> SetTagsAsync(
        string id, TagsChange change, CallerPrincipal caller, DocumentLibrary library, DocumentView view, CancellationToken cancellationToken) =>
        TypedResults.Ok(await view.OfAsync(await library.SetTagsAsync(caller.Principal, id, change, cancellationToken) ?? throw Missing(), cancellationToken));

    private static async Task<NoContent> DeleteAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, CancellationToken cancellationToken) =>
        await library.DeleteAsync(caller.Principal, id, cancellationToken)
            ? TypedResults.NoContent()
            : throw Missing();

    private static void RequireLimit(int? limit)
    {
        if (limit is < 1 or > LargestPage)
            throw ProblemException.BadRequest($"'limit' lies between 1 and {LargestPage}.");
    }

    private static ValueTask<object?> RequireId(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.GetRouteValue("id") is string id && !DocumentId.IsValid(id) ? throw Missing() : next(context);

    private static ProblemException Missing() => new(HttpStatusCode.NotFound, DocumentId.Unknown);
}
