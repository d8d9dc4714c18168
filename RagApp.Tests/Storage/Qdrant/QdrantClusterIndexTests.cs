using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Generations;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>
/// The index on a stand-in for a cluster of three nodes and three shards. A write reaches one shard after another, and some
/// keyword lists contain every point twice.
/// </summary>
public sealed class QdrantClusterIndexTests(EmbeddedRedis redis) : QdrantIndexConformance(redis), IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private QdrantCluster? _cluster;
    private int _lists;

    protected override string Nodes => Cluster.Addresses;

    protected override bool SnapshotsAreOneMoment => false;

    private QdrantCluster Cluster => _cluster!;

    private IEnumerable<QdrantCall> Queries => Cluster.Nodes.SelectMany(node => node.Calls).Where(call => call.Method == "Points/QueryBatch");

    public async ValueTask InitializeAsync()
    {
        _cluster = await QdrantCluster.StartAsync(3, Cancellation);
        Cluster.Database.DoublesKeywordList = () => Interlocked.Increment(ref _lists) % 3 == 0;
        Cluster.Database.BetweenShards = async () => await Task.Yield();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    [Fact]
    public async Task SearchAsync_EveryKeywordListDoubled_FindsAsManyAsAskedFor()
    {
        Cluster.Database.DoublesKeywordList = () => true;
        await Writer.ReplaceAsync(Document("d1", [.. Enumerable.Range(0, 30).Select(i => ($"apple {i}", Vector(1, i)))]), Cancellation);
        PassOneSecond();

        foreach (var limit in new[] { 1, 10, 29, 30, 100 })
        {
            var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, limit));
            found.Keyword.Select(chunk => chunk.Chunk.Ordinal).ShouldBeUnique();
            found.Keyword.Count.ShouldBeInRange(Math.Min(limit, 30), 30);
            found.Semantic.Select(chunk => chunk.Chunk.Ordinal).ShouldBe(found.Keyword.Select(chunk => chunk.Chunk.Ordinal), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task SearchAsync_CopiesOfAPointDiffer_TheNewerCounts()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        var generation = (await Generations.FindCurrentAsync("acme", Cancellation))!;
        var id = global::RagApp.Storage.Qdrant.Payloads.PointIds.Of("acme", generation.Id, "d1", "i1", 1, 0);
        Cluster.Database.Differ(CollectionOf(generation), id, point => point.With(new() { [QdrantFields.Title] = "Newer" }, version: point.Version + 1));
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));
        found.Keyword.ShouldHaveSingleItem().Chunk.Title.ShouldBe("Newer");
    }

    /// <summary>Checks every intermediate state of a change of versions; there is one for each shard and step.</summary>
    [Fact]
    public async Task ReplaceAsync_BetweenAnyTwoShards_SearchesFindOneVersionWhole()
    {
        const int chunks = 12;
        await Writer.ReplaceAsync(Version(1), Cancellation);
        PassOneSecond();
        var versions = new List<int>();
        var asked = new List<int>();
        Cluster.Database.BetweenShards = async () =>
        {
            var before = Queries.Count();
            var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 100));
            asked.Add(Queries.Count() - before);
            foreach (var list in new[] { found.Keyword, found.Semantic })
            {
                versions.Add(list.Select(chunk => chunk.Chunk.Version).Distinct().ShouldHaveSingleItem());
                list.Select(chunk => chunk.Chunk.Ordinal).Order().ShouldBe(Enumerable.Range(0, chunks));
            }
        };

        await Writer.ReplaceAsync(Version(2), Cancellation);

        versions.ShouldBe(versions.Order());
        versions.Distinct().ShouldBe([1, 2]);
        asked.ShouldContain(count => count > 1, "where both versions are seen, it is asked again");
        asked.Max().ShouldBeLessThanOrEqualTo(4);
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked.Count} states, {asked.Count(count => count > 1)} of them with two versions; batches asked: {string.Join(' ', asked)}");

        static IndexedDocument Version(int number) =>
            Document("d1", [.. Enumerable.Range(0, chunks).Select(i => ($"apple {number} {i}", Vector(1, i)))]) with { Version = number };
    }

    [Fact]
    public async Task SearchAsync_TwoVersionsStayOn_AsAfterACrash_TheNewerIsWhole()
    {
        await Writer.ReplaceAsync(Document("d1", [("apple one", Vector(1, 0)), ("apple two", Vector(0, 1)), ("apple three", Vector(1, 1))]), Cancellation);
        var steps = 0;
        Cluster.Database.BetweenShards = () => ++steps > 3 ? throw new InvalidOperationException("the server is gone") : Task.CompletedTask;
        using var crash = new CancellationTokenSource();
        var write = Writer.ReplaceAsync(
            Document("d1", [("apple 1", Vector(1, 0)), ("apple 2", Vector(0, 1)), ("apple 3", Vector(1, 1)), ("apple 4", Vector(1, 2))]) with { Version = 2 }, crash.Token);
        await Eventually.HoldsAsync(() => steps > 3);
        await crash.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(write);
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));
        var version = found.Keyword.Select(chunk => chunk.Chunk.Version).Distinct().ShouldHaveSingleItem();
        found.Keyword.Count.ShouldBe(version == 1 ? 3 : 4);
        found.Semantic.Count.ShouldBe(found.Keyword.Count);
    }

    [Fact]
    public async Task SearchAsync_NodeFallsSilent_AnswersAndNothingIsLost()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        PassOneSecond();
        Cluster.Nodes[1].FallSilent();
        for (var time = 0; time < 6; time++)
        {
            (await KeywordAsync("apple")).ShouldBe(["d1"]);
            PassOneSecond();
        }
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d2"], ignoreOrder: true);
    }

    [Fact]
    public async Task SearchAsync_NoNodeAnswersInTime_IsAnIndexExceptionAndTheCallersOwnEndIsNone()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await using var services = Open(("Storage:Qdrant:ReadTimeout", "00:00:01"));
        var index = services.GetRequiredService<IChunkIndex>();
        var question = new ChunkQuery("apple", Vector(1, 0), Model, 10);
        (await index.SearchAsync(question, Filter("acme", "alice"), Cancellation)).Keyword.ShouldHaveSingleItem();
        foreach (var node in Cluster.Nodes)
            node.Fault = call => call.Method == "Points/QueryBatch" ? QdrantFault.Silence : QdrantFault.None;

        (await Should.ThrowAsync<QdrantException>(index.SearchAsync(question, Filter("acme", "alice"), Cancellation))).Message.ShouldContain("within 1 s");
        foreach (var node in Cluster.Nodes)
            node.Fault = call => call.Method == "Points/Scroll" ? QdrantFault.Silence : QdrantFault.None;
        PassOneSecond();
        (await Should.ThrowAsync<QdrantException>(index.FindModelAsync("acme", Cancellation))).Message.ShouldContain("not done with the question within 1 s");
        (await Should.ThrowAsync<QdrantException>(index.CountAsync(narrowing: null, Filter("acme", "alice"), Cancellation))).Message.ShouldContain("not done with the question within 1 s");
        (await Should.ThrowAsync<QdrantException>(index.CorrectAsync(["aple"], Filter("acme", "alice"), Cancellation))).Message.ShouldContain("not done with the question within 1 s");
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(index.SearchAsync(question, Filter("acme", "alice"), impatient.Token));
    }

    [Theory]
    [InlineData("rest")]
    [InlineData("elsewhere")]
    public async Task RestoreAsync_FilesRecordedByOtherAddresses_GoToANodeEach(string addresses)
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        var made = await SnapshotRecord.ReadAsync(folder.Path, SavedCollectionsJson.Plain.SavedCollections, Cancellation);
        var before = made.Collections.Select(collection => collection with
        {
            Copies = 1, // one copy, so that the restore needs the files of all nodes
            Files = [.. collection.Files.Select((file, number) => file with { Node = new Uri(addresses == "rest" ? Cluster.Nodes[number].RestAddress : $"http://qdrant-{number}:6334") })],
        });
        File.Delete(Path.Combine(folder.Path, SnapshotRecord.FileName));
        await SnapshotRecord.WriteAsync(folder.Path, new SavedCollections([.. before]), SavedCollectionsJson.Plain.SavedCollections, Cancellation);

        await RestoreAsync(folder.Path);

        Cluster.Nodes.Select(node => node.Calls.Count(call => call.Method.EndsWith("/snapshots/upload", StringComparison.Ordinal))).ShouldBe([2, 2, 2]);
    }

    /// <summary>The node with the empty disk may be any of the three.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RestoreAsync_ANodeWasStartedEmpty_WhatAnswersIsSavedAndStays(int empty)
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        Cluster.Nodes[empty].IsEmpty = true;

        for (var time = 0; time < 3; time++) // the client asks each node first once
        {
            var copy = Directory.CreateDirectory(Path.Combine(folder.Path, $"{time}")).FullName;
            await Snapshots.CreateAsync(copy, Cancellation);
            await RestoreAsync(copy);
            PassOneSecond();
            (await KeywordAsync("apple")).ShouldBe(["d1"]);
        }
        for (var time = 0; time < 3; time++)
        {
            // a restore that is given up; it removes the collections of earlier ones
            await using (await Snapshots.RestoreAsync(Path.Combine(folder.Path, "0"), Cancellation))
                PassOneSecond();
            (await KeywordAsync("apple")).ShouldBe(["d1"]);
        }
        (await Writing.GetRequiredService<global::Qdrant.Client.QdrantClient>().ListCollectionsAsync(Cancellation)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task SearchAsync_RedisDoesNotAnswer_IsNotLateForIt()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await using var services = Open(("Storage:Qdrant:ReadTimeout", "00:00:03"), ("ConnectionStrings:redis", "127.0.0.1:1,abortConnect=false,asyncTimeout=5000,syncTimeout=5000"));
        var found = await services.GetRequiredService<IChunkIndex>().SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10), Filter("acme", "alice"), Cancellation);
        found.Keyword.ShouldHaveSingleItem();
    }

    private string CollectionOf(IndexGeneration generation) =>
        global::RagApp.Storage.Qdrant.Collections.IndexCollection.For(Prefix, generation.Model, generation.Dimension).Alias;
}
