using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Sends requests to the gateways as any person, with a token of that moment.</summary>
internal sealed class LeakClient(LeakServices services) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    public async Task<LeakReply> SendAsync(MadePerson person, LeakRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(person, request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var pieces = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? Pieces(body) : "";
        return new LeakReply((int)response.StatusCode, $"{response.Headers}{response.Content.Headers}\n{body}\n{pieces}");
    }

    /// <summary>Opens a stream of events, which the caller disposes of.</summary>
    public Task<HttpResponseMessage> OpenAsync(MadePerson person, LeakRequest request, CancellationToken cancellationToken) =>
        SendAsync(person, request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Uploads the newest version of the document, and waits until it is processed.</summary>
    public async Task UploadAsync(MadePerson uploader, MadeDocument document, CancellationToken cancellationToken)
    {
        while (await TryUploadAsync(uploader, document, cancellationToken) is var status && status != HttpStatusCode.Accepted)
        {
            if (status is not (HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                throw new InvalidOperationException($"The upload is a {(int)status}: {document}");
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
        await SettleAsync(uploader, document, cancellationToken);
    }

    /// <summary>Waits until the newest version is in a final state.</summary>
    public async Task SettleAsync(MadePerson uploader, MadeDocument document, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var response = await SendAsync(uploader, new LeakRequest("", HttpMethod.Get, $"v1/documents/{document.Id}"), HttpCompletionOption.ResponseContentRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            var info = (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
            if (info["status"]!.GetValue<string>() is "indexed" or "empty" or "failed" or "quarantined")
                return;
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A try of somebody who may not write to the path of a document.</summary>
    public async Task<LeakReply> UploadToAsync(MadePerson person, MadeDocument document, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent(document.Path), "path" }, { new StringContent("Some words."), "file", "words.md" } };
        using var response = await PostAsync(person, form, cancellationToken);
        return new LeakReply((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode> TryUploadAsync(MadePerson uploader, MadeDocument document, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent(document.Path), "path" } };
        if (document.Latest.Number == 1)
        {
            foreach (var entry in document.Access)
                form.Add(new StringContent(entry), "access");
            form.Add(new StringContent(document.Tag), "tags");
            form.Add(new StringContent(document.Source), "source");
        }
        form.Add(new ByteArrayContent(document.Latest.Content), "file", "file" + MadeContent.Extension);
        using var response = await PostAsync(uploader, form, cancellationToken);
        return response.StatusCode;
    }

    private Task<HttpResponseMessage> PostAsync(MadePerson person, HttpContent form, CancellationToken cancellationToken) =>
        SendAsync(person, new LeakRequest("", HttpMethod.Post, "v1/documents"), form, HttpCompletionOption.ResponseContentRead, cancellationToken);

    private Task<HttpResponseMessage> SendAsync(MadePerson person, LeakRequest request, HttpCompletionOption until, CancellationToken cancellationToken) =>
        SendAsync(person, request, request.Body is null ? null : JsonContent.Create(request.Body), until, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        MadePerson person, LeakRequest request, HttpContent? content, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(request.IsToModel ? services.Model : services.Quoting, request.Path)) { Content = content };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", services.Issuer.TokenOf(person));
        try
        {
            return await _http.SendAsync(message, until, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"This did not end within {_http.Timeout}: {request.Method} {request.Path} {request.Body?.ToJsonString()}", exception);
        }
    }

    /// <summary>The text of a streamed answer, whose events may split a word.</summary>
    private static string Pieces(string body)
    {
        var text = new StringBuilder();
        foreach (var item in SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes(body))).Enumerate())
        {
            if (item.EventType == "token")
                text.Append(JsonNode.Parse(item.Data)!["text"]!.GetValue<string>());
            else if (item.EventType == "message" && item.Data.StartsWith('{'))
                text.Append(JsonNode.Parse(item.Data)!["choices"]?.AsArray().FirstOrDefault()?["delta"]?["content"]?.GetValue<string>());
        }
        return text.ToString();
    }
}
