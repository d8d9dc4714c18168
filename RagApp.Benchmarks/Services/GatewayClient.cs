using System.Net.Http.Headers;
using System.Net.Http.Json;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;

namespace RagApp.Benchmarks.Services;

/// <summary>The gateway's HTTP API, as one person calls it. An error response is an <see cref="ApiException"/>.</summary>
internal sealed class GatewayClient(Uri gateway, string apiKey) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", apiKey) },
        Timeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>Looks up the documents at some paths, in the order of the paths; null where the caller can read none.</summary>
    public async Task<IReadOnlyList<DocumentInfo?>> LookUpAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/documents/lookup");
        request.Content = JsonContent.Create(new DocumentLookup(paths), ContractsJson.Default.DocumentLookup);
        return (await _http.SendForJsonAsync(request, ContractsJson.Default.FoundDocuments, cancellationToken)).Documents;
    }

    public async Task UploadAsync(string path, string access, Stream content, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(path), "path" }, { new StringContent(access), "access" }, { new StreamContent(content), "file", "file" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/documents") { Content = form };
        await _http.SendForJsonAsync(request, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    public async Task<AnswerResponse> AskAsync(AnswerRequest question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/answers");
        request.Content = JsonContent.Create(question, ContractsJson.Default.AnswerRequest);
        return await _http.SendForJsonAsync(request, ContractsJson.Default.AnswerResponse, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
