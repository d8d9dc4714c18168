using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Blobs;
using RagApp.Storage.Queue;
using RagApp.Tests.Gateway;
using RagApp.Tests.Ingestion.Dlp;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>Complete problem details of the document API: refused requests, and stores that cannot carry out a request.</summary>
public sealed class DocumentProblemTests
{
    private const string Key = "tenants/acme/any";

    private readonly CapturedLogs _logs = new();
    private Func<string, Exception?> _blobFault = _ => null;
    private Func<string, Exception?> _queueFault = _ => null;

    [Theory]
    [InlineData("GET", "documents/no-id", null, 404, "Not Found", DocumentId.Unknown)]
    [InlineData("GET", "documents/00000000000000000000000000000000", null, 404, "Not Found", DocumentId.Unknown)]
    [InlineData("GET", "documents/00000000000000000000000000000000/children", null, 404, "Not Found", DocumentId.Unknown)]
    [InlineData("GET", "documents/00000000000000000000000000000000/text", null, 404, "Not Found", DocumentId.Unknown)]
    [InlineData("GET", "documents/00000000000000000000000000000000/original", null, 404, "Not Found", DocumentId.Unknown)]
    [InlineData("PUT", "documents/00000000000000000000000000000000/access", """{"access":["public"]}""", 404, "Not Found", DocumentId.Unknown)]
    [InlineData("PUT", "documents/00000000000000000000000000000000/tags", """{"tags":[]}""", 404, "Not Found", DocumentId.Unknown)]
    [InlineData("DELETE", "documents/00000000000000000000000000000000", null, 404, "Not Found", DocumentId.Unknown)]
    [InlineData("GET", "documents?limit=1001", null, 400, "Bad Request", "'limit' lies between 1 and 1000.")]
    [InlineData("GET", "documents/00000000000000000000000000000000/children?limit=0", null, 400, "Bad Request", "'limit' lies between 1 and 1000.")]
    [InlineData("POST", "documents/lookup", """{"paths":[]}""", 400, "Bad Request", "'paths' holds 1 to 1000 paths.")]
    public async Task Request_Refused_SaysWhyAndIsNotLogged(string method, string path, string? body, int status, string title, string detail)
    {
        await using var service = await StartAsync();

        using var response = await SendAsync(service, method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

        var problem = await response.ShouldBeProblemAsync((HttpStatusCode)status, Cancellation);
        (problem.Type, problem.Title, problem.Detail).ShouldBe((status == 404 ? Rfc("15.5.5") : Rfc("15.5.1"), title, detail));
        response.Headers.RetryAfter.ShouldBeNull();
        _logs.Lines.ShouldNotContain(line => line.Contains("HTTP:", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_StoreDoesNotAnswer_Is503WithRetryAfterAndOneLineInTheLog()
    {
        await using var service = await StartAsync();
        _blobFault = method => method == nameof(IBlobStore.OpenAsync) ? new Unavailable() : null;

        using var response = await SendAsync(service, "GET", $"documents/{new string('0', 32)}");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
        problem.Detail.ShouldBe("The document store does not answer at the moment, and what was asked may or may not have happened. Look, and try again in a moment.");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        var line = _logs.Lines.Single(line => line.StartsWith("HTTP:", StringComparison.Ordinal));
        line.ShouldContain(Unavailable.Words);
        line.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("POST", "There is no room left to store documents, and nothing was changed. Try again when whoever runs this system has made room.")]
    [InlineData("GET", "There is no room left, so that this was not done, or not to its end: look at the document. What was begun is finished by itself when whoever runs this system has made room.")]
    public async Task Request_NoRoomIsLeft_Is507(string method, string detail)
    {
        await using var service = await StartAsync();
        _blobFault = name => name is nameof(IBlobStore.OpenAsync) or nameof(IBlobStore.PutAsync) ? new StorageFullException("the store", new IOException("full")) : null;

        using var response = method == "POST"
            ? await SendAsync(service, method, "documents", Multipart("a.txt", "Text."u8.ToArray()))
            : await SendAsync(service, method, $"documents/{new string('0', 32)}");

        (await response.ShouldBeProblemAsync(HttpStatusCode.InsufficientStorage, Cancellation)).Detail.ShouldBe(detail);
        response.Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Upload_QueueDoesNotAnswer_Is503WithRetryAfter()
    {
        await using var service = await StartAsync();
        _queueFault = method => method == nameof(IJobQueue.GetBacklogAsync) ? new QueueUnavailableException(new IOException("gone")) : null;

        using var response = await SendAsync(service, "POST", "documents", Multipart("a.txt", "Text."u8.ToArray()));

        (await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, Cancellation)).Detail
            .ShouldBe("Documents cannot be taken in at the moment, and nothing was changed. Try again in a moment.");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Read_DamagedDocument_Is500OfItsType()
    {
        await using var service = await StartAsync();
        _blobFault = method => method == nameof(IBlobStore.OpenAsync) ? new CorruptBlobException(Key, "its checksum does not match") : null;

        using var response = await SendAsync(service, "GET", $"documents/{new string('0', 32)}");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, Cancellation);
        (problem.Type, problem.Title).ShouldBe((Problem.Damaged, "An error occurred while processing your request."));
        problem.Detail.ShouldBe("What was stored of this document is damaged. Upload it again, or ask whoever runs this system to restore it from a backup; the log names the file.");
        response.Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Follow_TooOften_Is429WithRetryAfter()
    {
        await using var service = await StartAsync("--Feed:MaxPerPrincipal=1");
        await using var first = await FeedReader.OpenAsync(service, Alice, Cancellation);

        using var response = await SendAsync(service, "GET", "documents/events");

        (await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, Cancellation)).Detail
            .ShouldBe("You follow the documents 1 times already. Close one of them, or ask for the documents from time to time instead.");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
    }

    private async Task<IngestionService> StartAsync(params string[] settings)
    {
        var service = await IngestionService.StartAsync(
            services =>
            {
                Faulty<IBlobStore>.Replace(services, method => _blobFault(method));
                Faulty<IJobQueue>.Replace(services, method => _queueFault(method));
            },
            [.. settings, "--Processing:Workers=1"]);
        service.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(_logs);
        return service;
    }

    private static Task<HttpResponseMessage> SendAsync(IngestionService service, string method, string path, HttpContent? body = null) =>
        service.Http.SendAsync(ServiceCall.Request(Alice, new HttpMethod(method), path, body), Cancellation);

    private static string Rfc(string section) => $"https://tools.ietf.org/html/rfc9110#section-{section}";

    private sealed class Unavailable() : StoreUnavailableException(Words, inner: null)
    {
        public const string Words = "The server is away.";
    }
}
