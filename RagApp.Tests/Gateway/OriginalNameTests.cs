using System.Net.Http.Json;
using System.Text;
using Microsoft.Net.Http.Headers;
using RagApp.Contracts;
using RagApp.Tests.Ingestion;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>A downloaded file has the name that it was uploaded with, through the gateway and the ingestion service.</summary>
public sealed class OriginalNameTests(OriginalNameTests.Running running) : IClassFixture<OriginalNameTests.Running>
{
    [Theory]
    [InlineData("say \"hello\".txt")]
    [InlineData("\"quoted\"")]
    [InlineData("a;b, c=d.txt")]
    [InlineData("it's 100% (final).txt")]
    [InlineData("Übersicht – копия №2 文書 🦆.txt")]
    [InlineData("=?utf-8?B?aGk=?=.txt")]
    [InlineData("plain.txt")]
    public async Task Original_OfAnyName_IsDownloadedUnderIt(string name)
    {
        using var client = running.Gateway.Client();
        using var upload = await client.PostAsync("v1/documents", IngestionService.Multipart($"names/{name}", "Some words."u8.ToArray()), Cancellation);
        var document = await upload.Content.ReadFromJsonAsync(ContractsJson.Default.DocumentInfo, Cancellation);

        using var response = await client.GetAsync($"v1/documents/{document!.Id}/original", Cancellation);

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("Some words.");
        NameOf(response).ShouldBe(name);
    }

    [Theory]
    [InlineData("filename=\"say \\\"hello\\\".txt\"", "say \"hello\".txt")]
    [InlineData("filename=\"say %22hello%22.txt\"", "say \"hello\".txt")]
    public async Task Upload_NameWithQuotationMarks_IsTakenAsBrowsersAndProgramsWriteIt(string parameter, string name)
    {
        using var client = running.Gateway.Client();
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"file\"; {parameter}\r\n\r\nSome words.\r\n--b--\r\n"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        using var response = await client.PostAsync("v1/documents", body, Cancellation);

        var document = await response.Content.ReadFromJsonAsync(ContractsJson.Default.DocumentInfo, Cancellation);
        document!.Path.ShouldBe(name);
    }

    [Fact]
    public async Task Original_NameWithALineBreak_CannotBreakTheHeader()
    {
        await using var documents = await StubService.StartAsync(context =>
        {
            context.Response.Headers.ContentDisposition = "attachment; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%E2%80%A8.txt";
            return Task.CompletedTask;
        }, Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, documents);
        using var client = gateway.Client();

        using var response = await client.GetAsync($"v1/documents/{new string('0', 32)}/original", Cancellation);

        NameOf(response).ShouldBe("a\r\nSet-Cookie: x\u2028.txt");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    private static string? NameOf(HttpResponseMessage response) =>
        ContentDispositionHeaderValue.Parse(response.Content.Headers.NonValidated["Content-Disposition"].ToString()).FileNameStar.Value;

    public sealed class Running : IAsyncLifetime
    {
        private IngestionService _service = null!;

        internal GatewayUnderTest Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _service = await IngestionService.StartAsync();
            Gateway = await GatewayUnderTest.StartAsync(Cancellation, settings:
                [ServiceSettings.Address("document-ingestion", _service.Address), $"--Identity:SigningKey={IngestionService.SigningKey}"]);
        }

        public async ValueTask DisposeAsync()
        {
            if (Gateway is not null)
                await Gateway.DisposeAsync();
            if (_service is not null)
                await _service.DisposeAsync();
        }
    }
}
