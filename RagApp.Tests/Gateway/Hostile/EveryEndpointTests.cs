using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CsCheck;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>
/// Invalid and hostile requests, generated for every operation in the running gateway's OpenAPI document. Each must get a
/// success or a 4xx problem with a sentence, and must leave no stack trace in a log.
/// </summary>
public sealed class EveryEndpointTests(RunningServices services) : IClassFixture<RunningServices>
{
    private static readonly string[] Texts =
    [
        "", " ", "'", "\"", ";", "a%2Fb", "..", "../..", "%00", "%", "<script>", "ü 文 🦆", "\u2028", "0", "-1", "1e9", "99999999999999999999", "null", new('x', 300), new('f', 32), new('F', 32),
    ];

    [Fact]
    public async Task Bodies_OfEveryOperation_AreTakenOrRefusedInASentence()
    {
        using var client = services.Client();
        var description = await ApiDescription.ReadAsync(client, Cancellation);
        var verdict = new Verdict(client);

        foreach (var operation in description.Operations)
        {
            if (description.BodyOf(operation) is not { } body)
                continue;
            foreach (var json in HostileJson.Of(body).Concat(HostileJson.Broken).Prepend(body.ToJsonString()))
                await verdict.SendAsync(Short(json), Request(operation.Method, operation.Address, Json(json)), Cancellation);
            foreach (var type in (string?[])[null, "text/plain", "application/json; charset=utf-16", "application/json; charset=none", "application/xml", "nonsense"])
                await verdict.SendAsync($"as {type}", Request(operation.Method, operation.Address, Typed(body.ToJsonString(), type)), Cancellation);
            foreach (var accepted in (string[])["text/event-stream", "text/html", "nonsense"])
                await verdict.SendAsync($"accepting {accepted}", Accepting(Request(operation.Method, operation.Address, Json("{")), accepted), Cancellation);
            await verdict.SendAsync("as broken UTF-8", Request(operation.Method, operation.Address, new ByteArrayContent([0xFF, 0xFE, 0x22]) { Headers = { ContentType = new("application/json") } }), Cancellation);
        }

        verdict.ShouldBeGood(atLeast: 700);
        ShouldHaveLoggedNoTrace();
    }

    [Fact]
    public async Task Addresses_OfEveryOperation_AreTakenOrRefusedInASentence()
    {
        using var client = services.Client();
        var description = await ApiDescription.ReadAsync(client, Cancellation);
        var verdict = new Verdict(client);

        foreach (var operation in description.Operations)
        {
            var body = description.BodyOf(operation)?.ToJsonString();
            foreach (var text in Texts)
            {
                if (operation.Parameters("path").Any())
                    await verdict.SendAsync($"id {text}", Request(operation.Method, operation.At(Uri.EscapeDataString(text)), body is null ? null : Json(body)), Cancellation);
                foreach (var name in operation.Parameters("query"))
                    await verdict.SendAsync($"{name}={text}", Request(operation.Method, $"{operation.Address}?{name}={Uri.EscapeDataString(text)}", body is null ? null : Json(body)), Cancellation);
            }
            foreach (var method in (string[])["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"])
                await verdict.SendAsync("as it is", Request(method, operation.Address, content: null), Cancellation);
        }

        verdict.ShouldBeGood(atLeast: 200);
        ShouldHaveLoggedNoTrace();
    }

    [Fact]
    public async Task Uploads_OfEveryKind_AreTakenOrRefusedInASentence()
    {
        using var client = services.Client();
        var upload = (await ApiDescription.ReadAsync(client, Cancellation)).Operations.Single(operation => operation.Content("multipart/form-data") is not null);
        var fields = upload.Content("multipart/form-data")!["schema"]!["properties"]!.AsObject().Select(field => field.Key).Except(["file"]).ToList();
        var verdict = new Verdict(client);

        foreach (var field in fields)
        {
            foreach (var text in Texts.Append(new string('x', 9_000)).Append("group:" + new string('x', 300)))
                await verdict.SendAsync($"{field} {Short(text)}", Request("POST", upload.Address, Form((field, text))), Cancellation);
            foreach (var count in (int[])[2, 101, 600, 10_000])
                await verdict.SendAsync($"{count} of {field}", Request("POST", upload.Address, Form([.. Enumerable.Range(0, count).Select(i => (field, $"group:g{i}"))])), Cancellation);
        }
        foreach (var body in (string[])["", "--b--", "--b", "--b\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nx", "--b\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--b--", $"--b\r\nX: {new string('x', 40_000)}\r\n\r\nx\r\n--b--"])
            await verdict.SendAsync($"body {Short(body)}", Request("POST", upload.Address, Typed(body, "multipart/form-data; boundary=b")), Cancellation);
        foreach (var type in (string?[])[null, "text/plain", "multipart/form-data", "multipart/form-data; boundary=", $"multipart/form-data; boundary={new string('b', 200)}", "application/x-www-form-urlencoded"])
            await verdict.SendAsync($"as {type}", Request("POST", upload.Address, Typed("--b--", type)), Cancellation);

        verdict.ShouldBeGood(atLeast: 100);
        ShouldHaveLoggedNoTrace();
    }

    [Fact]
    public async Task Requests_OfAnyContent_AreTakenOrRefusedInASentence()
    {
        using var client = services.Client();
        var verdict = new Verdict(client);

        await new RandomRequests(await ApiDescription.ReadAsync(client, Cancellation)).All.SampleAsync(request => verdict.SendAsync("random", request(), Cancellation), iter: 600);

        verdict.ShouldBeGood(atLeast: 599);
        ShouldHaveLoggedNoTrace();
    }

    /// <summary>Requests that an HTTP client would correct before it sends them.</summary>
    [Theory]
    [InlineData("GET /v1/documents/../../openapi/v1.json HTTP/1.1")]
    [InlineData("GET /v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1")]
    [InlineData("GET /v1/documents/..%5c..%5cappsettings.json HTTP/1.1")]
    [InlineData("GET /v1/documents/%00/original HTTP/1.1")]
    [InlineData("GET /v1/documents/%ff%fe HTTP/1.1")]
    [InlineData("GET /v1/documents?after=%c0%ae%c0%ae HTTP/1.1")]
    [InlineData("GET /v1/documents?limit=%zz&status=%00 HTTP/1.1")]
    [InlineData("GET //v1//documents// HTTP/1.1")]
    [InlineData("GET /js/..%2f..%2fRagApp.Gateway.dll HTTP/1.1")]
    [InlineData("GET http://example.org/v1/documents HTTP/1.1")]
    [InlineData("GET * HTTP/1.1")]
    [InlineData("POST /v1/search HTTP/1.1", "Content-Length: -1")]
    [InlineData("POST /v1/search HTTP/1.1", "Content-Length: 5", "Content-Length: 6")]
    [InlineData("POST /v1/search HTTP/1.1", "Transfer-Encoding: chunked", "Content-Length: 5")]
    [InlineData("POST /v1/search HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked", "", "zz", "x")]
    [InlineData("GET /v1/me HTTP/1.1", "X-Api-Key: \0")]
    [InlineData("GET /v1/me HTTP/1.1", "Authorization: Bearer \u00ff\u00fe")]
    public async Task RawRequest_ThatNoClientSends_NeverFailsTheServer(string line, params string[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, services.Gateway.Address.Port, Cancellation);
        await using var stream = socket.GetStream();
        string[] lines = [line, "Host: localhost", "Connection: close", $"X-Api-Key: {RunningServices.Key}", .. headers, "", ""];
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)), Cancellation);
        var buffer = new byte[16_384];

        var count = await stream.ReadAtLeastAsync(buffer, "HTTP/1.1 400".Length, throwOnEndOfStream: false, Cancellation);

        var response = Encoding.UTF8.GetString(buffer, 0, count);

        response.ShouldMatch("^HTTP/1.1 [234][0-9][0-9] ");
        response.ShouldNotContain("   at ");
        response.ShouldNotContain("root:");
        ShouldHaveLoggedNoTrace();
    }

    private void ShouldHaveLoggedNoTrace() =>
        string.Join('\n', services.Logs.Lines.Where(line => line.Contains("   at ", StringComparison.Ordinal)).Take(3)).ShouldBeEmpty();

    private static HttpRequestMessage Request(string method, string address, HttpContent? content) =>
        new(new HttpMethod(method), new Uri(address, UriKind.Relative)) { Content = content };

    private static HttpRequestMessage Accepting(HttpRequestMessage request, string type)
    {
        request.Headers.TryAddWithoutValidation("Accept", type);
        return request;
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static ByteArrayContent Typed(string body, string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static MultipartFormDataContent Form(params (string Name, string Text)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
            form.Add(new StringContent(text), name);
        form.Add(new ByteArrayContent("Some words."u8.ToArray()), "file", "words.txt");
        return form;
    }

    private static string Short(string text) => text.Length <= 120 ? text : $"{text[..120]}… ({text.Length})";
}
