using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Originals;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Reads a multipart upload whose parts may come in any order. The file is streamed into the document store and never
/// held in memory; the other parts are checked when all have arrived.
/// </summary>
internal sealed class UploadReader(IOriginalStore originals, QueueRoom room, IOptions<IntakeOptions> options)
{
    private const int MaxFieldBytes = 8 * 1024;
    private const int MaxFields = 500;
    private const int MaxBoundaryLength = 100;

    /// <summary>Bytes allowed for everything in a request except the file.</summary>
    private const long OverheadBytes = 2L << 20;

    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task<Upload> ReadAsync(HttpRequest request, Principal principal, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Value.MaxFileBytes + OverheadBytes;

        var parts = new UploadParts();
        try
        {
            await ReadPartsAsync(request, principal.Tenant, parts, cancellationToken);
            return ToUpload(parts);
        }
        catch (Exception exception)
        {
            if (parts.Original is { } original)
                await originals.DeleteAsync(principal.Tenant, original.Id, CancellationToken.None);
            if (Explain(exception) is { } refusal)
                throw refusal;
            throw;
        }
    }

    private async Task ReadPartsAsync(HttpRequest request, string tenant, UploadParts parts, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(Boundary(request), request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
        {
            if (count >= MaxFields)
                throw ProblemException.BadRequest($"An upload has at most {MaxFields} parts. Name a group in 'access' in the place of its people, and several tags in one part between commas.");
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                throw ProblemException.BadRequest("A part has no Content-Disposition.");
            await ReadPartAsync(section, disposition, tenant, parts, cancellationToken);
        }
    }

    private async Task ReadPartAsync(
        MultipartSection section, ContentDispositionHeaderValue disposition, string tenant, UploadParts parts, CancellationToken cancellationToken)
    {
        switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
        {
            case "file" when parts.Original is not null:
                throw ProblemException.BadRequest("An upload holds one file: send each file in a request of its own.");
            case "file":
                // bulk uploads are refused at a lower limit, if the priority comes before the file
                await room.RequireAsync(tenant, parts.Priority ?? JobPriority.Interactive, cancellationToken);
                parts.FileName = FileName(disposition);
                parts.Original = await originals.WriteAsync(tenant, section.Body, options.Value.MaxFileBytes, cancellationToken);
                break;
            case "path" when parts.Path is null:
                parts.Path = await ReadFieldAsync(section, cancellationToken);
                break;
            case "access":
                parts.Access.Add(await ReadFieldAsync(section, cancellationToken));
                break;
            case "source" when parts.Source is null:
                parts.Source = await ReadFieldAsync(section, cancellationToken);
                break;
            case "tags":
                parts.Tags.AddRange((await ReadFieldAsync(section, cancellationToken)).Split(',', Trimmed));
                break;
            case "priority" when parts.Priority is null:
                parts.Priority = PriorityOf(await ReadFieldAsync(section, cancellationToken));
                break;
            case var name:
                throw ProblemException.BadRequest($"The part '{name}' is unknown or comes twice: an upload has 'file', 'path', 'source', 'priority' and any number of 'access' and 'tags'.");
        }
    }

    private static Upload ToUpload(UploadParts parts)
    {
        if (parts.Original is not { } original)
            throw ProblemException.BadRequest("The part 'file' is missing.");
        var access = GivenAccess.Normalize(parts.Access);
        if (parts.Source is { } source && !DocumentSource.IsValid(source, out var wrong))
            throw ProblemException.BadRequest(wrong);
        if (!DocumentPath.TryNormalize(parts.Path ?? FileNameOf(parts), out var path, out var error))
            throw ProblemException.BadRequest(error);
        return new Upload(
            path, access, parts.Source, GivenTags.Normalize(parts.Tags), parts.Priority ?? JobPriority.Interactive, original);
    }

    private static JobPriority PriorityOf(string text) => text switch
    {
        "interactive" => JobPriority.Interactive,
        "bulk" => JobPriority.Bulk,
        _ => throw ProblemException.BadRequest("'priority' is 'interactive' or 'bulk'."),
    };

    /// <summary>The file's name without folders: some programs send the path on the person's disk as the name.</summary>
    private static string FileNameOf(UploadParts parts) => DocumentPath.FileName((parts.FileName ?? "").Replace('\\', '/').TrimEnd('/'));

    /// <summary>
    /// The file name in the header. Browsers send a quotation mark as <c>%22</c>, programs as <c>\"</c>; any other backslash
    /// belongs to a path.
    /// </summary>
    private static string? FileName(ContentDispositionHeaderValue disposition) => disposition.FileNameStar.HasValue
        ? disposition.FileNameStar.Value
        : HeaderUtilities.RemoveQuotes(disposition.FileName).Value?.Replace("%22", "\"", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(HttpStatusCode.UnsupportedMediaType, "Send the document as multipart/form-data with a part 'file'.");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= MaxBoundaryLength } ? boundary : throw ProblemException.BadRequest("The multipart boundary is missing or too long.");
    }

    private static async Task<string> ReadFieldAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxFieldBytes + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxFieldBytes
            ? StrictUtf8.GetString(bytes, 0, length).Trim()
            : throw ProblemException.BadRequest($"A field holds at most {MaxFieldBytes:N0} bytes.");
    }

    /// <summary>The problem to answer with when the upload failed by the sender's fault; null otherwise.</summary>
    private static ProblemException? Explain(Exception exception) => exception switch
    {
        OriginalTooLargeException => new ProblemException(HttpStatusCode.RequestEntityTooLarge, exception.Message + " Split it into smaller files.", exception),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ProblemException(HttpStatusCode.RequestEntityTooLarge, "The upload is larger than the limit for one document. Split it into smaller files.", exception),
        InvalidDataException => ProblemException.BadRequest("The multipart body is malformed: a part's headers are too long or too many.", exception),
        DecoderFallbackException => ProblemException.BadRequest("A field is not valid UTF-8.", exception),
        IOException when StorageFullException.IsCause(exception) => null,
        IOException and not BadHttpRequestException => ProblemException.BadRequest("The upload ended before it was complete. Send it again.", exception),
        _ => null,
    };

    /// <summary>The parts that have arrived so far.</summary>
    private sealed class UploadParts
    {
        public string? FileName { get; set; }

        public string? Path { get; set; }

        public List<string> Access { get; } = [];

        public string? Source { get; set; }

        public List<string> Tags { get; } = [];

        public JobPriority? Priority { get; set; }

        public StoredOriginal? Original { get; set; }
    }
}
