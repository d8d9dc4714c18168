using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;

namespace RagApp.Tests.TestServices;

/// <summary>The gateway's HTTP API, as one user calls it.</summary>
internal sealed class GatewayApi(Uri gateway, string apiKey) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);

    public HttpClient Http { get; } = new()
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { { "X-Api-Key", apiKey } },
        Timeout = TimeSpan.FromMinutes(5),
    };

    public async Task<DocumentInfo> UploadAsync(
        string path, Stream content, CancellationToken cancellationToken, params string[] access)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(path), "path" },
            { new StreamContent(content), "file", Path.GetFileName(path) },
        };
        foreach (var entry in access)
            form.Add(new StringContent(entry), "access");

        using var response = await Http.PostAsync("v1/documents", form, cancellationToken);
        return await ReadAsync(response, ContractsJson.Default.DocumentInfo, cancellationToken);
    }

    public async Task<DocumentInfo> UploadTextAsync(
        string path, string text, CancellationToken cancellationToken, params string[] access)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await UploadAsync(path, content, cancellationToken, access);
    }

    /// <summary>Waits until the document is indexed, empty or failed.</summary>
    public async Task<DocumentInfo> WaitUntilDoneAsync(string id, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(PollInterval);
        while (true)
        {
            var document = await Http.GetFromJsonAsync($"v1/documents/{id}", ContractsJson.Default.DocumentInfo, cancellationToken);
            if (document!.Status is DocumentStatus.Indexed or DocumentStatus.Empty or DocumentStatus.Failed)
                return document;
            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async Task<IReadOnlyList<DocumentInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var documents = new List<DocumentInfo>();
        for (string? after = ""; after is not null;)
        {
            var page = await Http.GetFromJsonAsync(
                after.Length == 0 ? "v1/documents" : $"v1/documents?after={Uri.EscapeDataString(after)}",
                ContractsJson.Default.DocumentPage, cancellationToken);
            documents.AddRange(page!.Documents);
            after = page.Next;
        }
        return documents;
    }

    public async Task<SearchResponse> SearchAsync(string query, CancellationToken cancellationToken)
    {
        using var response = await Http.PostAsJsonAsync(
            "v1/search", new SearchRequest(query), ContractsJson.Default.SearchRequest, cancellationToken);
        return await ReadAsync(response, ContractsJson.Default.SearchResponse, cancellationToken);
    }

    public async Task<AnswerResponse> AskAsync(string question, CancellationToken cancellationToken)
    {
        using var response = await Http.PostAsJsonAsync(
            "v1/answers", new AnswerRequest(question), ContractsJson.Default.AnswerRequest, cancellationToken);
        return await ReadAsync(response, ContractsJson.Default.AnswerResponse, cancellationToken);
    }

    /// <summary>Events of a streamed answer, in the order of arrival.</summary>
    public async Task<IReadOnlyList<(string Event, string Data)>> StreamAnswerAsync(string question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/answers")
        {
            Content = JsonContent.Create(new AnswerRequest(question, Stream: true), ContractsJson.Default.AnswerRequest),
        };
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var events = new List<(string, string)>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            events.Add((item.EventType, item.Data));
        return events;
    }

    public void Dispose() => Http.Dispose();

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}", null, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(type, cancellationToken))!;
    }
}
