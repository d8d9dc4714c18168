using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant;
using RagApp.Tests.Ingestion.Maintenance;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>The ingestion service with its index on Qdrant, selected by <c>ConnectionStrings:qdrant</c>; a stand-in plays the server.</summary>
public sealed class QdrantIngestionTests
{
    [Fact]
    public async Task Document_UploadedAndNarrowed_IsFoundAsItsAccessListSays()
    {
        await using var qdrant = await QdrantStandIn.StartAsync(Cancellation);
        await using var service = await StartAsync($"--ConnectionStrings:qdrant={qdrant.Address}");

        var info = await service.UploadAsync(Alice, "plan.txt", "The pangolin plan.", "public");
        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        (await FindAsync(service, Bob)).ShouldHaveSingleItem().Chunk.Text.ShouldContain("pangolin");
        (await FindAsync(service, Eve)).ShouldBeEmpty();

        await service.Documents.SetAccessAsync(Alice, info.Id, new Contracts.Documents.AccessChange(["group:finance"]), Cancellation);
        (await FindAsync(service, Bob)).ShouldBeEmpty();
        (await FindAsync(service, Alice)).ShouldHaveSingleItem();
        Directory.Exists(Path.Combine(service.DataPath, "index")).ShouldBeFalse();
    }

    [Fact]
    public async Task Document_IndexRefusesIt_FailsAfterItsAttemptsAndTheNextGoesOn()
    {
        await using var qdrant = await QdrantStandIn.StartAsync(Cancellation);
        await using var service = await StartAsync($"--ConnectionStrings:qdrant={qdrant.Address}", "--Queue:MaxAttempts=2");
        var refused = 0;
        qdrant.Fault = call => IsUpsert(call) && Interlocked.Increment(ref refused) > 0 ? QdrantFault.Refusal : QdrantFault.None;

        var info = await service.UploadAsync(Alice, "refused.txt", "The pangolin plan.", "public");
        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Failed);
        refused.ShouldBe(2);

        qdrant.Fault = _ => QdrantFault.None;
        var next = await service.UploadAsync(Alice, "next.txt", "The next pangolin.", "public");
        (await service.SettleAsync(Alice, next.Id)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Restore_SnapshotIsTornBetweenShards_SweepMakesEveryDocumentWhole()
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        await using var service = await StartAsync($"--Storage:Qdrant:Nodes={cluster.Addresses}");
        using var folder = new TemporaryFolder();
        await service.IndexAsync(Alice, "plan.txt", Text("first"), "public");
        var written = false;
        cluster.Database.BetweenShards = async () =>
        {
            if (written)
                return;
            written = true;
            await service.IndexAsync(Alice, "plan.txt", Text("second"), "public");
            await service.IndexAsync(Alice, "late.txt", Text("late"), "public");
        };
        await service.App.Services.GetRequiredService<IIndexSnapshots>().CreateAsync(folder.Path, Cancellation);
        written.ShouldBeTrue();

        var run = await Verbs.RunAsync(service.DataPath, "restore-index", "--from", folder.Path);

        run.End.Text.ShouldNotContain("damaged");
        run.Lines.ShouldContain(line => line.Contains("VersionNotIndexed", StringComparison.Ordinal) || line.Contains("ChunksOfOtherVersion", StringComparison.Ordinal), string.Join('\n', run.Lines));
        var found = await FindAsync(service, Bob);
        foreach (var document in found.GroupBy(chunk => chunk.Chunk.Path))
            document.Select(chunk => chunk.Chunk.Ordinal).Order().ShouldBe(Enumerable.Range(0, document.Count()));
        found.Select(chunk => chunk.Chunk.Path).Distinct().ShouldBe(["plan.txt", "late.txt"], ignoreOrder: true);
        found.Where(chunk => chunk.Chunk.Path == "plan.txt").ShouldAllBe(chunk => chunk.Chunk.Text.Contains("second", StringComparison.Ordinal));
        var again = await Verbs.RunAsync(service.DataPath, "sweep");
        again.Exit.ShouldBe(MaintenanceExit.Done, again.End.Text);

        static string Text(string which) => string.Join("\n\n", Enumerable.Range(0, 12).Select(part =>
            $"Part {part} of the {which} pangolin plan. " + string.Join(' ', Enumerable.Repeat($"The pangolin walks slowly through the {which} forest.", 8))));
    }

    private static bool IsUpsert(QdrantCall call) => call.Method is "Points/Upsert" && !call.Collection.Contains("generations", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<ScoredChunk>> FindAsync(IngestionService service, Principal person) =>
        (await service.App.Services.GetRequiredService<QdrantChunkIndex>().SearchAsync(
            new ChunkQuery("pangolin", Vector: null, Model: null, 100), AccessFilter.For(person), Cancellation)).Keyword;
}
