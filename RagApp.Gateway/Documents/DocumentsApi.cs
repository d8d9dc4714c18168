using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Gateway.Redacting;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Documents;

/// <summary>Document endpoints. They pass requests on to the ingestion service, which decides who may read and change documents.</summary>
internal static class DocumentsApi
{
    public static RouteGroupBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        var upload = routes.ServiceProvider.GetRequiredService<IOptions<UploadOptions>>().Value;
        var documents = routes.MapGroup("/v1/documents").RequireAuthorization().WithScope(KeyScope.Read).WithTags("Documents");

        documents.MapPost("/", UploadAsync)
            .WithScope(KeyScope.Write)
            .WithMetadata(new RequestSizeLimitAttribute(upload.MaxFileBytes + UploadOptions.FormOverhead))
            .WithName("uploadDocument")
            .WithSummary("Upload a document")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        documents.MapGet("/", ListAsync).WithName("listDocuments").WithSummary("List the documents you may see")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        documents.MapPost("/lookup", LookUpAsync).WithName("lookUpDocuments").WithSummary("Find documents by path")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        documents.MapGet("/events", FollowAsync).WithName("followDocuments").WithSummary("Follow changes of documents")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        documents.MapGet("/{id}", GetAsync).WithName("getDocument").WithSummary("Get a document and its status")
            .ProducesProblem(StatusCodes.Status404NotFound);
        documents.MapGet("/{id}/children", ListChildrenAsync).WithName("listDocumentChildren").WithSummary("List the children of a document: attachments, files of an archive")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        documents.MapGet("/{id}/text", GetTextAsync).WithName("getDocumentText").WithSummary("Read the text of a document")
            .ProducesProblem(StatusCodes.Status404NotFound);
        documents.MapGet("/{id}/original", GetOriginalAsync).WithName("getDocumentOriginal").WithSummary("Download the uploaded file")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
        documents.MapPut("/{id}/access", SetAccessAsync).WithScope(KeyScope.Write).WithName("setDocumentAccess").WithSummary("Change who may read a document")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        documents.MapPut("/{id}/tags", SetTagsAsync).WithScope(KeyScope.Write).WithName("setDocumentTags").WithSummary("Change the tags of a document")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        documents.MapDelete("/{id}", DeleteAsync).WithScope(KeyScope.Write).WithName("deleteDocument").WithSummary("Delete a document")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return documents;
    }

    /// <summary>Streams the body to the ingestion service; nothing of it is stored here, however large it is.</summary>
    private static async Task<Accepted<DocumentInfo>> UploadAsync(
        CallerPrincipal caller, HttpRequest request, DocumentClient documents, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            throw new ProblemException(
                HttpStatusCode.UnsupportedMediaType,
                "Send the document as multipart/form-data with a part 'file', optionally 'path', 'source' and any number of 'access' and 'tags'.");

        using var body = new StreamContent(request.Body);
        body.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        body.Headers.ContentLength = request.ContentLength;
        var document = await documents.UploadAsync(caller.Principal, body, cancellationToken);
        return TypedResults.Accepted($"/v1/documents/{document.Id}", document);
    }

    private static async Task<Ok<DocumentPage>> ListAsync(
        CallerPrincipal caller, [AsParameters] DocumentListFilter filter, string? after, int? limit, DocumentClient documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.ListAsync(caller.Principal, filter, after, limit, cancellationToken));

    private static async Task<Ok<FoundDocuments>> LookUpAsync(
        CallerPrincipal caller, DocumentLookup lookup, DocumentClient documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.LookUpAsync(caller.Principal, lookup, cancellationToken));

    private static async Task<ForwardedFeed> FollowAsync(
        CallerPrincipal caller, DocumentClient documents, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        new(await documents.FollowAsync(caller.Principal, cancellationToken), lifetime.ApplicationStopping);

    private static async Task<Ok<DocumentInfo>> GetAsync(
        CallerPrincipal caller, string id, DocumentClient documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.GetAsync(caller.Principal, id, cancellationToken));

    private static async Task<Ok<DocumentPage>> ListChildrenAsync(
        CallerPrincipal caller, string id, [AsParameters] DocumentListFilter filter, string? after, int? limit, DocumentClient documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.ListChildrenAsync(caller.Principal, id, filter, after, limit, cancellationToken));

    private static async Task<Ok<DocumentText>> GetTextAsync(
        CallerPrincipal caller, string id, DocumentClient documents, PassageRedaction redaction, CancellationToken cancellationToken) =>
        TypedResults.Ok(redaction.Hide(caller.Principal.Tenant, await documents.GetTextAsync(caller.Principal, id, cancellationToken)));

    private static async Task<OriginalResult> GetOriginalAsync(
        CallerPrincipal caller, string id, DocumentClient documents, CancellationToken cancellationToken) =>
        new(await documents.GetOriginalAsync(caller.Principal, id, cancellationToken));

    private static async Task<Ok<DocumentInfo>> SetAccessAsync(
        CallerPrincipal caller, string id, AccessChange change, DocumentClient documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.SetAccessAsync(caller.Principal, id, change, cancellationToken));

    private static async Task<Ok<DocumentInfo>> SetTagsAsync(
        CallerPrincipal caller, string id, TagsChange change, DocumentClient documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.SetTagsAsync(caller.Principal, id, change, cancellationToken));

    private static async Task<NoContent> DeleteAsync(
        CallerPrincipal caller, string id, DocumentClient documents, CancellationToken cancellationToken)
    {
        await documents.DeleteAsync(caller.Principal, id, cancellationToken);
        return TypedResults.NoContent();
    }
}
