using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Contracts.Documents;

/// <summary>
/// Typed client of the ingestion service. An id that is not well formed, see <see cref="DocumentId"/>, is treated as a
/// document that does not exist (404) and is never put into an address.
/// </summary>
public sealed class DocumentClient(HttpClient http)
{
    /// <summary>
    /// Uploads one document. <paramref name="multipart"/> is streamed, never held whole in memory. Its parts are <c>file</c>,
    /// optional <c>path</c>, <c>priority</c> and <c>source</c>, and any number of <c>access</c> and <c>tags</c>. The body is not
    /// sent when the service refuses the request by its headers, for example because it has no room.
    /// </summary>
    public async Task<DocumentInfo> UploadAsync(Principal principal, HttpContent multipart, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "documents", multipart);
        message.Headers.ExpectContinue = true;
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    /// <summary>
    /// Lists at most <paramref name="limit"/> documents that <paramref name="principal"/> may read; <paramref name="after"/> is
    /// the <c>Next</c> of the page before.
    /// </summary>
    public async Task<DocumentPage> ListAsync(
        Principal principal, DocumentListFilter filter, string? after, int? limit, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, $"documents{Query(filter, after, limit)}");
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentPage, cancellationToken);
    }

    public async Task<DocumentInfo> GetAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, Path(id));
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    /// <summary>Lists the direct children of a document, such as the attachments of a mail.</summary>
    public async Task<DocumentPage> ListChildrenAsync(
        Principal principal, string id, DocumentListFilter filter, string? after, int? limit, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, $"{Path(id)}/children{Query(filter, after, limit)}");
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentPage, cancellationToken);
    }

    /// <summary>
    /// Finds documents by path. The answer keeps the order of the paths and holds null where no document is readable by
    /// <paramref name="principal"/>.
    /// </summary>
    public async Task<FoundDocuments> LookUpAsync(Principal principal, DocumentLookup lookup, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(lookup, ContractsJson.Default.DocumentLookup);
        using var message = ServiceCall.Request(principal, HttpMethod.Post, "documents/lookup", body);
        return await http.SendForJsonAsync(message, ContractsJson.Default.FoundDocuments, cancellationToken);
    }

    /// <summary>
    /// Opens the feed of document changes, as Server-Sent Events, see <see cref="DocumentEvents"/>; the caller disposes the
    /// response.
    /// </summary>
    public async Task<HttpResponseMessage> FollowAsync(Principal principal, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, "documents/events");
        return await http.SendOrThrowAsync(message, cancellationToken);
    }

    public async Task<DocumentText> GetTextAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, $"{Path(id)}/text");
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentText, cancellationToken);
    }

    /// <summary>Opens the document's original bytes as a stream; the caller disposes the response.</summary>
    public async Task<HttpResponseMessage> GetOriginalAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Get, $"{Path(id)}/original");
        return await http.SendOrThrowAsync(message, cancellationToken);
    }

    /// <summary>Sets who may read the document; every search that begins after this method returns applies the new list.</summary>
    public async Task<DocumentInfo> SetAccessAsync(Principal principal, string id, AccessChange change, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(change, ContractsJson.Default.AccessChange);
        using var message = ServiceCall.Request(principal, HttpMethod.Put, $"{Path(id)}/access", body);
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    /// <summary>Sets the tags of a document and of all its descendants; search filters use the new tags once this method returns.</summary>
    public async Task<DocumentInfo> SetTagsAsync(Principal principal, string id, TagsChange change, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(change, ContractsJson.Default.TagsChange);
        using var message = ServiceCall.Request(principal, HttpMethod.Put, $"{Path(id)}/tags", body);
        return await http.SendForJsonAsync(message, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    public async Task DeleteAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        using var message = ServiceCall.Request(principal, HttpMethod.Delete, Path(id));
        using var response = await http.SendOrThrowAsync(message, cancellationToken);
    }

    private static string Path(string id) => DocumentId.IsValid(id)
        ? $"documents/{id}"
        : throw new ApiException(HttpStatusCode.NotFound, new Problem(null, null, (int)HttpStatusCode.NotFound, DocumentId.Unknown));

    private static string Query(DocumentListFilter filter, string? after, int? limit)
    {
        (string Name, string? Value)[] parameters =
        [
            ("after", after), ("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("tag", filter.Tag), ("type", filter.Type), ("source", filter.Source),
            ("title", filter.Title), ("path", filter.Path), ("name", filter.Name), ("sort", filter.Sort), ("order", filter.Order),
            .. (filter.Status ?? []).Select(status => ("status", (string?)status)),
        ];
        var query = new StringBuilder();
        foreach (var (name, value) in parameters.Where(parameter => parameter.Value is not null))
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        return query.ToString();
    }
}
