using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Cli.Ingest;

/// <summary>
/// Client of the gateway's API, with the calls that this command needs. Errors are <see cref="ApiException"/>, or
/// <see cref="HttpRequestException"/> without a response.
/// </summary>
internal sealed class IngestClient : IDisposable
{
    /// <summary>Smallest file size at which the client asks the server (Expect: 100-continue) before it sends the file.</summary>
    private const long AskFirstBytes = 1 << 20;

    private readonly HttpClient _http;

    public IngestClient(Uri server, string apiKey)
    {
        var connections = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _http = new HttpClient(connections) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    public async Task<PersonInfo> WhoAmIAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/me");
        return await _http.SendForJsonAsync(request, ContractsJson.Default.PersonInfo, cancellationToken);
    }

    /// <summary>Looks up the documents at some paths, in the order of the paths; null where the caller can read none.</summary>
    public async Task<IReadOnlyList<DocumentInfo?>> LookUpAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/documents/lookup");
        request.Content = JsonContent.Create(new DocumentLookup(paths), ContractsJson.Default.DocumentLookup);
        return (await _http.SendForJsonAsync(request, ContractsJson.Default.FoundDocuments, cancellationToken)).Documents;
    }

    public async Task<DocumentInfo> UploadAsync(LocalFile file, Stream content, IngestSettings settings, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent(file.Path), "path" }, { new StringContent("bulk"), "priority" } };
        foreach (var entry in settings.Access)
            form.Add(new StringContent(entry), "access");
        foreach (var tag in settings.Tags)
            form.Add(new StringContent(tag), "tags");
        if (settings.Source is { } source)
            form.Add(new StringContent(source), "source");
        // the file is the last part, so that the server knows the other parts first; the document's name is its path
        form.Add(new StreamContent(content), "file", "file");

        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/documents") { Content = form };
        request.Headers.ExpectContinue = file.Size >= AskFirstBytes;
        return await _http.SendForJsonAsync(request, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    /// <summary>Streams changes of documents as they happen, see <see cref="DocumentEvents"/>.</summary>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/documents/events");
        using var response = await _http.SendOrThrowAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            yield return item;
    }

    public void Dispose() => _http.Dispose();
}
