using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Cli;

/// <summary>The real command against a server that is busy, faulty or unreachable.</summary>
public sealed class BusyServerTests
{
    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task Ingest_ServerAsksToWait_WaitsAndSendsAll(int status)
    {
        var refused = 0;
        var times = new ConcurrentQueue<long>();
        await using var server = await StartAsync(async context =>
        {
            if (Interlocked.Increment(ref refused) > 3)
                return false;
            times.Enqueue(TimeProvider.System.GetTimestamp());
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "1";
            await context.Response.WriteAsync("""{"detail":"Too many documents are waiting."}""", Cancellation);
            return true;
        });
        using var folder = Folder(files: 5);
        var began = TimeProvider.System.GetTimestamp();

        var run = await RagAppCommand.RunAsync(new Uri(server.Address), Cancellation, "ingest", folder.Path, "--no-wait", "--parallel", "1");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("5 sent");
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));
        server.Requests.Count(request => request == "POST /v1/documents").ShouldBe(8);
    }

    [Fact]
    public async Task Ingest_ServerBreaksOnce_TriesAgain()
    {
        var uploads = 0;
        await using var server = await StartAsync(context =>
        {
            if (Interlocked.Increment(ref uploads) > 1)
                return Task.FromResult(false);
            context.Abort();
            return Task.FromResult(true);
        });
        using var folder = Folder(files: 1);

        var run = await RagAppCommand.RunAsync(new Uri(server.Address), Cancellation, "ingest", folder.Path, "--no-wait");

        run.ExitCode.ShouldBe(0, run.Errors);
        uploads.ShouldBe(2);
    }

    [Fact]
    public async Task Ingest_WithoutAFeed_AsksUntilAllIsIndexed()
    {
        await using var server = await StartAsync(_ => Task.FromResult(false));
        using var folder = Folder(files: 3);

        var run = await RagAppCommand.RunAsync(new Uri(server.Address), Cancellation, "ingest", folder.Path);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("3 indexed");
    }

    [Fact]
    public async Task Ingest_UnknownKey_SaysSoAndEndsWith2()
    {
        await using var server = await StubService.StartAsync(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            },
            Cancellation);
        using var folder = Folder(files: 1);

        var run = await RagAppCommand.RunAsync(new Uri(server.Address), Cancellation, "ingest", folder.Path);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("does not know this API key");
    }

    [Fact]
    public async Task Ingest_NoServer_SaysSoAndEndsWith2()
    {
        using var folder = Folder(files: 1);

        var run = await RagAppCommand.RunAsync(new Uri("http://127.0.0.1:1"), Cancellation, "ingest", folder.Path);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("--server");
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("ingest /tmp --access everyone")]
    [InlineData("ingest /tmp --parallel 0")]
    [InlineData("ingest /tmp --server localhost:8080")]
    [InlineData("ingest /tmp --sever http://localhost")]
    [InlineData("digest /tmp")]
    public async Task Usage_Wrong_Is64AndPointsAtTheHelp(string arguments)
    {
        var run = await RagAppCommand.RunAsync(null, Cancellation, arguments.Split(' '));

        run.ExitCode.ShouldBe(64, run.Output);
        run.Errors.ShouldContain("--help");
    }

    [Fact]
    public async Task Help_WithAKeyInTheEnvironment_DoesNotShowIt()
    {
        var run = await RagAppCommand.RunAsync(null, Cancellation, "ingest", "--help");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("--dry-run");
        run.Output.ShouldContain("130 interrupted");
        run.Output.ShouldNotContain("demo-alice");
    }

    /// <summary>
    /// Starts a server without an event feed; documents are unknown at the first lookup, embedding at the second and indexed from the third on.
    /// <paramref name="upload"/> may answer an upload instead of the server.
    /// </summary>
    private static Task<StubService> StartAsync(Func<HttpContext, Task<bool>> upload)
    {
        var asked = 0;
        return StubService.StartAsync(
            async context =>
            {
                switch (context.Request.Path.Value)
                {
                    case "/v1/me":
                        await WriteAsync(context, new PersonInfo("acme", "demo-alice", [], []), ContractsJson.Default.PersonInfo);
                        break;
                    case "/v1/documents/lookup":
                        var lookup = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.DocumentLookup, Cancellation))!;
                        var status = asked++ == 0 ? null : asked < 3 ? (DocumentStatus?)DocumentStatus.Embedding : DocumentStatus.Indexed;
                        await WriteAsync(context, new FoundDocuments([.. lookup.Paths.Select(path => status is { } known ? Info(path, known) : null)]), ContractsJson.Default.FoundDocuments);
                        break;
                    case "/v1/documents" when !await upload(context):
                        var form = await context.Request.ReadFormAsync(Cancellation);
                        await WriteAsync(context, Info(form["path"].ToString(), DocumentStatus.Queued), ContractsJson.Default.DocumentInfo);
                        break;
                    case "/v1/documents/events":
                        context.Response.StatusCode = StatusCodes.Status502BadGateway;
                        break;
                }
            },
            Cancellation);
    }

    private static DocumentInfo Info(string path, DocumentStatus status) => JsonSerializer.Deserialize(
        $$"""{"id":"x","path":{{JsonSerializer.Serialize(path)}},"version":1,"status":"{{status.ToString().ToLowerInvariant()}}","access":[],"warnings":[]}""",
        ContractsJson.Default.DocumentInfo)!;

    private static Task WriteAsync<T>(HttpContext context, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        context.Response.WriteAsJsonAsync(value, type, cancellationToken: Cancellation);

    private static TemporaryFolder Folder(int files)
    {
        var folder = new TemporaryFolder();
        for (var i = 0; i < files; i++)
            File.WriteAllText(Path.Combine(folder.Path, $"{i}.txt"), "A note.");
        return folder;
    }
}
