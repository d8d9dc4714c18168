using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Parsing;
using RagApp.Parsing.Child;
using RagApp.Parsing.Formats.OldOffice;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// Reads a document with a server that speaks Unstructured's protocol: <c>POST /general/v0/general</c> with the file,
/// answered by a list of elements. Throws when the server is down or busy, which is no fault of the document, and the
/// job is tried again.
/// </summary>
internal sealed class UnstructuredClient(IHttpClientFactory clients, IOptions<ParserOptions> options, TimeProvider time)
{
    public const string Client = "unstructured";

    private const string Path = "general/v0/general";
    private const string KeyHeader = "unstructured-api-key";

    /// <exception cref="HttpRequestException">The server cannot be reached, fails, or asks to try again later.</exception>
    public async Task<ParseResult> ReadAsync(Uri endpoint, string file, OldOfficeFormat kind, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.LegacyOffice.WallTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await PostAsync(Address(endpoint), file, kind, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var limits = new ParserLimits(0, 0, options.Value.LegacyOffice.WallTime);
            return ParseResult.Without(ParseOutcome.LimitHit, ParserEnd.TooLong(limits));
        }
    }

    private async Task<ParseResult> PostAsync(Uri address, string file, OldOfficeFormat kind, CancellationToken cancellationToken)
    {
        await using var document = File.OpenRead(file);
        using var part = new StreamContent(document);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent();
        form.Add(part, "files", $"document.{kind.Name}");
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = form;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.Value.LegacyOffice.ApiKey is { Length: > 0 } key)
            request.Headers.Add(KeyHeader, key);

        using var http = clients.CreateClient(Client);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType)
            return ParseResult.Without(ParseOutcome.Refused, "The document is damaged: the server that reads old Office documents could not read it. Save it in the new format and upload that.");
        response.EnsureSuccessStatusCode();
        return await ReadAnswerAsync(response, cancellationToken);
    }

    private async Task<ParseResult> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var limit = (long)options.Value.ResultMiB << 20;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var read and not 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit)
                return ParseResult.Without(ParseOutcome.LimitHit, string.Create(CultureInfo.InvariantCulture, $"It gives more than {options.Value.ResultMiB} MiB of text. Split it into several documents."));
        }
        try
        {
            var elements = JsonSerializer.Deserialize(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), UnstructuredJson.Default.ListUnstructuredElement);
            return UnstructuredElements.Read(elements ?? []);
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException("The server that reads old Office documents answered something else than a list of elements.", exception);
        }
    }

    private static Uri Address(Uri endpoint) => new(endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/"), Path);
}
