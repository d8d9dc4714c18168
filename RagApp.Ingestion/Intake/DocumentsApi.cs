using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Catalogue;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage.Blobs;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Intake;

/// <summary><c>/documents</c>: upload, see, read, download, change access and tags, delete.</summary>
internal static class DocumentsApi
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1_000;

    public static RouteGroupBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/documents").RequireAuthorization().AddEndpointFilter<IntakeProblems>();
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

    private static async Task<Results<Ok<DocumentPage>, ProblemHttpResult>> ListAsync(
        CallerPrincipal caller, DocumentListing listing, [AsParameters] DocumentListFilter filter, string? after, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LargestPage)
            return TypedResults.Problem($"'limit' lies between 1 and {LargestPage}.", statusCode: StatusCodes.Status400BadRequest);
        return TypedResults.Ok(await listing.ListAsync(caller.Principal, parentId: null, filter, after, limit ?? DefaultPage, cancellationToken));
    }

    private static async Task<Results<Ok<FoundDocuments>, ProblemHttpResult>> LookUpAsync(
        DocumentLookup lookup, CallerPrincipal caller, DocumentLibrary library, CancellationToken cancellationToken)
    {
        if (lookup.Paths is not { Count: > 0 and <= DocumentLookup.MaxPaths })
            return TypedResults.Problem($"'paths' holds 1 to {DocumentLookup.MaxPaths} paths.", statusCode: StatusCodes.Status400BadRequest);
        return TypedResults.Ok(new FoundDocuments(await library.LookUpAsync(caller.Principal, lookup.Paths, cancellationToken)));
    }

    private static async Task<Results<Ok<DocumentInfo>, ProblemHttpResult>> GetAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, DocumentView view, CancellationToken cancellationToken) =>
        await library.FindRecordAsync(caller.Principal, id, cancellationToken) is { } manifest
            ? TypedResults.Ok(await view.OfAsync(manifest, cancellationToken))
            : Missing();

    private static async Task<Results<Ok<DocumentPage>, ProblemHttpResult>> ListChildrenAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, DocumentListing listing, [AsParameters] DocumentListFilter filter, string? after, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LargestPage)
            return TypedResults.Problem($"'limit' lies between 1 and {LargestPage}.", statusCode: StatusCodes.Status400BadRequest);
        return await library.FindRecordAsync(caller.Principal, id, cancellationToken) is { } manifest
            ? TypedResults.Ok(await listing.ListAsync(caller.Principal, manifest.Id, filter, after, limit ?? DefaultPage, cancellationToken))
            : Missing();
    }

    private static async Task<Results<Ok<DocumentText>, ProblemHttpResult>> GetTextAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, CancellationToken cancellationToken) =>
        await library.ReadTextAsync(caller.Principal, id, cancellationToken) is { } text
            ? TypedResults.Ok(text)
            : Missing();

    /// <summary>Always a download: an uploaded page must never run in our origin.</summary>
    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetOriginalAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await library.OpenOriginalAsync(caller.Principal, id, cancellationToken) is not var (manifest, content))
            return Missing();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox";
        return TypedResults.Stream(
            content, manifest.Latest.ContentType, DocumentPath.FileName(manifest.Path), manifest.Latest.UploadedAt,
            new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{manifest.Latest.Sha256}\""), enableRangeProcessing: content.CanSeek);
    }

    private static async Task<Results<Ok<DocumentInfo>, ProblemHttpResult>> SetAccessAsync(
        string id, AccessChange change, CallerPrincipal caller, DocumentLibrary library, DocumentView view, CancellationToken cancellationToken) =>
        await library.SetAccessAsync(caller.Principal, id, change, cancellationToken) is { } manifest
            ? TypedResults.Ok(await view.OfAsync(manifest, cancellationToken))
            : Missing();

    private static async Task<Results<Ok<DocumentInfo>, ProblemHttpResult>> SetTagsAsync(
        string id, TagsChange change, CallerPrincipal caller, DocumentLibrary library, DocumentView view, CancellationToken cancellationToken) =>
        await library.SetTagsAsync(caller.Principal, id, change, cancellationToken) is { } manifest
            ? TypedResults.Ok(await view.OfAsync(manifest, cancellationToken))
            : Missing();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, CallerPrincipal caller, DocumentLibrary library, CancellationToken cancellationToken) =>
        await library.DeleteAsync(caller.Principal, id, cancellationToken)
            ? TypedResults.NoContent()
            : Missing();

    private const string NoRoom = "There is no room left to store documents, and nothing was changed. Try again when whoever runs this system has made room.";

    private const string NoRoomToFinish =
        "There is no room left, so that this was not done, or not to its end: look at the document. What was begun is finished by itself when whoever runs this system has made room.";

    private static ProblemHttpResult Missing() => TypedResults.Problem(DocumentId.Unknown, statusCode: StatusCodes.Status404NotFound);

    /// <summary>What is refused, and what the stores cannot do now, as problem details.</summary>
    private sealed class IntakeProblems(IOptions<IntakeOptions> options, DamageReport damage, ILogger<IntakeProblems> logger) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            if (context.HttpContext.GetRouteValue("id") is string id && !DocumentId.IsValid(id))
                return Missing();
            try
            {
                return await next(context);
            }
            catch (IntakeException exception)
            {
                return Problem(context.HttpContext, exception.Status, exception.Message, type: exception.Type);
            }
            catch (StorageFullException exception)
            {
                return Problem(context.HttpContext, StatusCodes.Status507InsufficientStorage, HttpMethods.IsPost(context.HttpContext.Request.Method) ? NoRoom : NoRoomToFinish, exception);
            }
            catch (QueueUnavailableException exception)
            {
                return Problem(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "Documents cannot be taken in at the moment, and nothing was changed. Try again in a moment.", exception);
            }
            catch (StoreUnavailableException exception)
            {
                return Problem(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "The document store does not answer at the moment, and what was asked may or may not have happened. Look, and try again in a moment.", exception);
            }
            catch (CorruptBlobException exception)
            {
                damage.Add(exception);
                return TypedResults.Problem("What was stored of this document is damaged. Upload it again, or ask whoever runs this system to restore it from a backup; the log names the file.", statusCode: StatusCodes.Status500InternalServerError, type: Contracts.Http.Problem.Damaged);
            }
        }

        private ProblemHttpResult Problem(HttpContext context, int status, string detail, Exception? fault = null, string? type = null)
        {
            if (fault is not null)
                logger.StoreFault(fault);
            if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = ((int)options.Value.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(detail, statusCode: status, type: type);
        }
    }
}
