using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Documents;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>The service as a real process that is ended while it works on a document.</summary>
public sealed class KilledServiceTests
{
    [Fact]
    public async Task Kill_NewVersionInWork_OldOneAnswersUntilTheNextServiceFinishes()
    {
        await using var service = await StartAsync();
        var document = await WithNewVersionInWorkAsync(
            service,
            async process =>
            {
                process.Kill();
                await process.WaitForExitAsync(Cancellation);
            },
            "--Processing:Lease=00:00:03");

        (await service.SearchAsync(Bob, "axolotl")).ShouldHaveSingleItem().Version.ShouldBe(1);

        service.Embeddings.Before = _ => Task.FromResult<IResult?>(null);
        await service.RestartAsync();
        (await service.SettleAsync(Alice, document.Id)).SearchableVersion.ShouldBe(2);
        (await service.SearchAsync(Bob, "axolotl")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "tapir")).ShouldHaveSingleItem().Version.ShouldBe(2);
        (await Maintenance.Verbs.RunAsync(service.DataPath, "sweep")).Lines[^1].ShouldStartWith("0 orphans found");
    }

    [Fact]
    public async Task Terminate_DocumentInWork_IsGivenBackAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGTERM is Unix's.");
        await using var service = await StartAsync();
        var exit = -1;
        var document = await WithNewVersionInWorkAsync(
            service,
            async process =>
            {
                await process.TerminateAsync(Cancellation);
                await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
                exit = process.ExitCode;
            },
            "--Processing:Lease=01:00:00", "--Processing:Drain=00:00:01");

        exit.ShouldBe(0);
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(null);
        await service.RestartAsync();
        // with a lease of one hour, only a returned job can be done by now
        (await service.SettleAsync(Alice, document.Id)).SearchableVersion.ShouldBe(2);
    }

    /// <summary>
    /// Uploads two versions of a document. A service process begins to embed the second one, which never completes, and
    /// <paramref name="end"/> ends the process.
    /// </summary>
    private static async Task<DocumentInfo> WithNewVersionInWorkAsync(IngestionService service, Func<Process, Task> end, params string[] settings)
    {
        var first = await service.UploadAsync(Alice, "a.md", "The axolotl.", "public");
        (await service.SettleAsync(Alice, first.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        var document = await service.UploadAsync(Alice, "a.md", "The tapir.");

        await service.RestartAsync(async () =>
        {
            var reached = new TaskCompletionSource();
            service.Embeddings.Before = async _ =>
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancellation);
                return null;
            };
            using var process = IngestionProcess.Start(service, settings);
            try
            {
                await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
                await end(process);
            }
            finally
            {
                process.Kill();
            }
            service.Embeddings.Before = _ => Task.FromResult<IResult?>(Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        });
        return document;
    }
}
