using System.Net.Http.Headers;
using System.Text;

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
