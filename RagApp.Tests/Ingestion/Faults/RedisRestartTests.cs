using System.Net;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>The Redis server that holds the jobs stops while work is in progress and comes back empty.</summary>
public sealed class RedisRestartTests
{
    [Fact]
    public async Task Restart_EmptyInTheMiddleOfWork_EveryDocumentBecomesSearchable()
    {
        await using var service = await StartAsync("--Processing:Workers=1", "--Logging:LogLevel:Default=None");
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource<IResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Embeddings.Before = _ =>
        {
            reached.TrySetResult();
            return goOn.Task;
        };
        var ids = new List<string>();
        for (var number = 0; number < 5; number++)
            ids.Add((await service.UploadAsync(Alice, $"{number}.md", $"The axolotl number {number}.", "public")).Id);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await service.Redis.RestartEmptyAsync(() => Task.CompletedTask);
        goOn.SetResult(null);

        foreach (var id in ids)
            await ShouldBecomeIndexedAsync(service, id);
        (await service.SearchAsync(Bob, "axolotl")).Select(chunk => chunk.DocumentId).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task Upload_RedisIsAway_IsRefusedForNowOrAcceptedAndFinishes()
    {
        await using var service = await StartAsync("--Logging:LogLevel:Default=None");
        DocumentInfo? accepted = null;

        await service.Redis.RestartEmptyAsync(async () =>
        {
            try
            {
                accepted = await service.UploadAsync(Alice, "a.md", "The axolotl.", "public");
            }
            catch (ApiException exception)
            {
                exception.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            }
        });

        accepted ??= await service.UploadAsync(Alice, "a.md", "The axolotl.", "public");
        await ShouldBecomeIndexedAsync(service, accepted.Id);
        (await service.SearchAsync(Bob, "axolotl")).ShouldHaveSingleItem();
    }

    private static async Task ShouldBecomeIndexedAsync(IngestionService service, string id)
    {
        var info = await service.SettleAsync(Alice, id);
        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
    }
}
