using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Benchmarks.Services;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Generations;
using RagApp.Storage.Qdrant.Writing;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using RagApp.Text.Analysis;
using QdrantException = RagApp.Storage.Qdrant.QdrantException;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The index on a stand-in for the server, which can be told to fail.</summary>
[Covers(typeof(QdrantChunkIndex))]
[Covers(typeof(QdrantChunkIndexWriter))]
[Covers(typeof(QdrantGenerations))]
[Covers(typeof(QdrantSnapshots))]
public sealed class QdrantStandInIndexTests(EmbeddedRedis redis) : QdrantIndexConformance(redis), IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private QdrantStandIn? _server;

    protected override string Nodes => Server.Address;

    private QdrantStandIn Server => _server!;

    public async ValueTask InitializeAsync() => _server = await QdrantStandIn.StartAsync(Cancellation);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }

    [Theory]
    [InlineData("Points/Upsert", nameof(QdrantFault.ErrorAfterwards))]
    [InlineData("Points/Upsert", nameof(QdrantFault.Drop))]
    [InlineData("Points/SetPayload", nameof(QdrantFault.Error))]
    [InlineData("Points/SetPayload", nameof(QdrantFault.ErrorAfterwards))]
    public async Task ReplaceAsync_WriteFailsOrIsHalfApplied_IsRepeatedUntilItHolds(string method, string fault)
    {
        await Writer.ReplaceAsync(Document("d1", [("apple one", Vector(1, 0)), ("apple two", Vector(0, 1))]), Cancellation);
        Server.FailOnce(Enum.Parse<QdrantFault>(fault), call => call.Method == method);
        await Writer.ReplaceAsync(Document("d1", "apple three") with { Version = 2 }, Cancellation);
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));
        found.Keyword.ShouldHaveSingleItem().Chunk.Version.ShouldBe(2);
        found.Semantic.ShouldHaveSingleItem().Chunk.Version.ShouldBe(2);
        (await Writer.ScanAsync("acme", "d1", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().Chunks.ShouldBe(1);
    }

    [Fact]
    public async Task RestoreAsync_CopiesStillCompareThemselves_WaitsUntilTheyAnswer()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await Writer.RemoveAsync("acme", ["d1"], Cancellation);

        Server.FailOnce(QdrantFault.Error, call => call.Method is "Points/Count");
        await RestoreAsync(folder.Path);
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task RestoreAsync_ServerFailsInTheMiddle_LeavesNoCollectionAndTheOldIndexGoesOn()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        var client = Writing.GetRequiredService<QdrantClient>();
        var before = await client.ListCollectionsAsync(Cancellation);
        var uploads = 0;
        Server.Fault = call => call.Method.EndsWith("/snapshots/upload", StringComparison.Ordinal) && Interlocked.Increment(ref uploads) == 2
            ? QdrantFault.Error
            : QdrantFault.None;

        await Should.ThrowAsync<QdrantException>(RestoreAsync(folder.Path));

        uploads.ShouldBe(2);
        (await client.ListCollectionsAsync(Cancellation)).ShouldBe(before, ignoreOrder: true);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task RestoreAsync_NodeHasNotHeardOfTheShards_WaitsForThem()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        var asked = 0;
        Server.KnowsShards = () => Interlocked.Increment(ref asked) > 3;

        await RestoreAsync(folder.Path);

        asked.ShouldBe(3 + 2, "each of the two collections was seen to have its shards");
    }

    [Fact]
    public async Task RestoreAsync_FailsAndCleaningUpFailsToo_SaysWhyItFailed()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        Server.Fault = call => call.Method == "Collections/Delete" ? QdrantFault.Error
            : call.Method.EndsWith("/snapshots/upload", StringComparison.Ordinal) ? QdrantFault.Refusal
            : QdrantFault.None;

        var failure = await Should.ThrowAsync<QdrantException>(RestoreAsync(folder.Path));

        failure.Message.ShouldContain("/snapshots/upload");
        Server.Fault = _ => QdrantFault.None;
    }

    [Fact]
    public async Task ReplaceAsync_CutOffBeforeTheSwitch_OldVersionAnswersAndTheNextAttemptCleansUp()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        using var crash = new CancellationTokenSource();
        Server.Fault = call =>
        {
            if (call.Method is not "Points/SetPayload")
                return QdrantFault.None;
            crash.Cancel();
            return QdrantFault.Silence;
        };
        var cutOff = Document("d1", [("apple one", Vector(1, 0)), ("apple two", Vector(1, 0)), ("apple three", Vector(1, 0))]) with { Version = 2 };
        await Should.ThrowAsync<OperationCanceledException>(Writer.ReplaceAsync(cutOff, crash.Token));
        Server.Fault = _ => QdrantFault.None;
        PassOneSecond();

        (await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10))).Semantic.ShouldHaveSingleItem().Chunk.Version.ShouldBe(1);
        (await Writer.ScanAsync("acme", "d1", Cancellation).ToListAsync(Cancellation))
            .ShouldContain(new IndexedVersion("d1", "i1", 2, 3, AccessFingerprint: "", Model), "what does not answer is for the sweep to see");

        Server.Calls.Clear();
        await Writer.ReplaceAsync(Document("d1", "apple whole") with { Version = 2 }, Cancellation);
        Server.Calls.Select(call => call.Method).Where(method => method is "Points/Upsert" or "Points/Delete" or "Points/SetPayload")
            .ShouldBe(["Points/Upsert", "Points/Delete", "Points/SetPayload", "Points/Delete"], "what the first attempt left is gone before the version is on");
        PassOneSecond();
        (await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10))).Keyword.ShouldHaveSingleItem().Chunk.Text.ShouldBe("apple whole");
        (await Writer.ScanAsync("acme", "d1", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().Chunks.ShouldBe(1);
    }

    [Fact]
    public async Task SearchAsync_TwoVersionsAnswer_ShowsTheNewer()
    {
        await Writer.ReplaceAsync(Document("d1", [("apple old", Vector(1, 0)), ("apple older", Vector(1, 0.1f))]), Cancellation);
        var generation = (await Generations.FindCurrentAsync("acme", Cancellation))!;
        var points = new DocumentPoints(Document("d1", "apple new", Vector(0, 1)) with { Version = 2 }, generation, Writing.GetRequiredService<ITextAnalysis>(), Cancellation);
        await Writing.GetRequiredService<QdrantPoints>().UpsertAsync(
            Writing.GetRequiredService<IndexCollections>().AliasOf(Model, 2), points.All(live: true), Cancellation);
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));
        found.Keyword.ShouldHaveSingleItem().Chunk.Version.ShouldBe(2);
        found.Semantic.ShouldHaveSingleItem().Chunk.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ListLeftAsync_BuildThatWasCutOff_IsFoundAndRemoved()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        var build = await Generations.BuildAsync("acme", Model, 2, Cancellation);
        await build.ReplaceAsync(Document("d1", "apple"), Cancellation);
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
        await ReopenAsync(); // as after a crash: nobody ends the build

        var left = (await Generations.ListLeftAsync("acme", Cancellation)).ShouldHaveSingleItem();
        var current = (await Generations.FindCurrentAsync("acme", Cancellation))!;
        (await Generations.TryRemoveAsync("acme", current.Id, Cancellation)).ShouldBeFalse();
        (await Generations.TryRemoveAsync("acme", left, Cancellation)).ShouldBeTrue();
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
        (await KeywordAsync("apple")).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task SearchAsync_EveryRead_AsksAQuorum()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        Server.Calls.Clear();
        await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));

        Server.Calls.ShouldContain(call => call.IsRead);
        Server.Calls.Where(call => call.IsRead).ShouldAllBe(call => call.Consistency == ReadConsistencyType.Quorum);
    }
}
