using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Maintenance;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

public sealed class DeadTests
{
    [Fact]
    public async Task Requeue_AfterTheCauseIsMended_BringsTheDocumentBack()
    {
        await using var service = await StartAsync("--Queue:MaxAttempts=1");
        var (first, second) = (await KilledAsync(service, "first.md"), await KilledAsync(service, "second.md"));

        var dead = await Verbs.RunAsync(service.DataPath, "dead", "--tenant", "acme");
        dead.Exit.ShouldBe(MaintenanceExit.Found);
        dead.Lines.Count.ShouldBe(3);
        dead.Lines.ShouldContain(line => line.StartsWith($"{first.Id}  acme  ingest  version 1", StringComparison.Ordinal) && line.EndsWith("1 attempts  No model today.", StringComparison.Ordinal));
        (await Verbs.RunAsync(service.DataPath, "dead", "--tenant", "globex")).Exit.ShouldBe(MaintenanceExit.Done);

        service.Embeddings.Before = _ => Task.FromResult<IResult?>(null);
        (await Verbs.RunAsync(service.DataPath, "requeue", first.Id)).Lines.ShouldBe(["1 requeued."]);
        (await service.SettleAsync(Alice, first.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        (await service.Documents.GetAsync(Alice, second.Id, TestContext.Current.CancellationToken)).Status.ShouldBe(DocumentStatus.Failed);

        (await Verbs.RunAsync(service.DataPath, "requeue", "--all")).Lines.ShouldBe(["1 requeued."]);
        (await service.SettleAsync(Alice, second.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        (await Verbs.RunAsync(service.DataPath, "dead")).Lines.ShouldBe(["No job is dead."]);
    }

    [Fact]
    public async Task Requeue_DocumentDeletedMeanwhile_ThrowsTheLetterAway()
    {
        await using var service = await StartAsync("--Queue:MaxAttempts=1");
        var document = await KilledAsync(service, "gone.md");
        await service.Documents.DeleteAsync(Alice, document.Id, TestContext.Current.CancellationToken);

        (await Verbs.RunAsync(service.DataPath, "requeue", "--all")).Lines.ShouldBe(["0 requeued, 1 thrown away: their documents have a newer version or are gone."]);
        (await Verbs.RunAsync(service.DataPath, "dead")).Exit.ShouldBe(MaintenanceExit.Done);
    }

    [Theory]
    [InlineData("Say 'requeue ID...' or 'requeue --all'.", MaintenanceExit.Usage)]
    [InlineData("Say 'requeue ID...' or 'requeue --all'.", MaintenanceExit.Usage, "some", "--all")]
    [InlineData("No job of document nobody is dead.", MaintenanceExit.Failed, "nobody")]
    public async Task Requeue_WronglyAsked_SaysWhatIsWrong(string sentence, int exit, params string[] args)
    {
        await using var service = await StartAsync();

        var run = await Verbs.RunAsync(service.DataPath, "requeue", args);

        run.Exit.ShouldBe(exit);
        run.End.Text.ShouldStartWith(sentence);
    }

    /// <summary>Uploads a document whose only attempt fails because the embedding service refuses the request.</summary>
    private static async Task<DocumentInfo> KilledAsync(IngestionService service, string path)
    {
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Results.Problem("No model today.", statusCode: StatusCodes.Status400BadRequest));
        var uploaded = await service.UploadAsync(Alice, path, "An axolotl.", "public");
        var failed = await service.SettleAsync(Alice, uploaded.Id);
        failed.Status.ShouldBe(DocumentStatus.Failed);
        return failed;
    }
}
