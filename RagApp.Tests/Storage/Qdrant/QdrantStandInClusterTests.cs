using Grpc.Core;
using Grpc.Net.Client;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>On a cluster of stand-ins, reads and writes over several shards, replicas and nodes end as was observed on a real cluster.</summary>
public sealed class QdrantStandInClusterTests : IAsyncLifetime
{
    private const string Chunks = "chunks";

    private QdrantCluster _cluster = null!;
    private GrpcChannel _channel = null!;
    private QdrantClient _client = null!;

    private StandInDatabase Database => _cluster.Database;

    public async ValueTask InitializeAsync()
    {
        _cluster = await QdrantCluster.StartAsync(3, Cancellation);
        _channel = GrpcChannel.ForAddress(_cluster.Nodes[0].Address);
        _client = new QdrantClient(new QdrantGrpcClient(_channel));
        await _client.CreateCollectionAsync(
            Chunks, new VectorParamsMap { Map = { ["dense"] = new VectorParams { Size = 2, Distance = Distance.Cosine } } },
            shardNumber: 3, replicationFactor: 3, writeConsistencyFactor: 2,
            sparseVectorsConfig: new SparseVectorConfig { Map = { ["words"] = new SparseVectorParams() } }, cancellationToken: Cancellation);
        await _client.UpsertAsync(Chunks, [.. Enumerable.Range(1, 30).Select(number => Point((ulong)number, live: true))], cancellationToken: Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _channel.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Shards_OfThree_HoldTheirPartAndACopyOnEachNode()
    {
        var info = await new Collections.CollectionsClient(_channel).CollectionClusterInfoAsync(new() { CollectionName = Chunks }, cancellationToken: Cancellation);

        info.ShardCount.ShouldBe(3ul);
        info.LocalShards.ShouldAllBe(shard => shard.PointsCount > 0 && shard.State == ReplicaState.Active);
        info.LocalShards.Sum(shard => (int)shard.PointsCount).ShouldBe(30);
        info.RemoteShards.CountBy(shard => shard.PeerId).ShouldBe(_cluster.Nodes.Skip(1).Select(node => KeyValuePair.Create(node.Peer, 3)), ignoreOrder: true);
        (await _client.GetCollectionInfoAsync(Chunks, Cancellation)).PointsCount.ShouldBe(30ul);
    }

    [Fact]
    public async Task Write_BetweenItsShards_IsSeenInPart()
    {
        var seen = new List<ulong>();
        Database.BetweenShards = async () => seen.Add(await _client.CountAsync(Chunks, Conditions.Match("live", false), cancellationToken: Cancellation));

        await _client.SetPayloadAsync(Chunks, new Dictionary<string, Value> { ["live"] = false }, cancellationToken: Cancellation, filter: Conditions.Match("live", true));

        seen.Count.ShouldBe(2);
        seen[0].ShouldBeInRange(1ul, 29ul);
        seen[1].ShouldBeInRange(seen[0] + 1, 29ul);
        (await _client.CountAsync(Chunks, Conditions.Match("live", false), cancellationToken: Cancellation)).ShouldBe(30ul);
    }

    [Fact]
    public async Task Batch_OperationsInOrder_EachOverAllShards()
    {
        var states = new List<(ulong New, ulong All)>();
        Database.BetweenShards = async () => states.Add((
            await _client.CountAsync(Chunks, Conditions.Match("live", false), cancellationToken: Cancellation), await _client.CountAsync(Chunks, cancellationToken: Cancellation)));

        await _client.UpdateBatchAsync(Chunks,
        [
            new PointsUpdateOperation { Upsert = new() { Points = { Enumerable.Range(101, 30).Select(number => Point((ulong)number, live: false)) } } },
            new PointsUpdateOperation { DeletePoints = new() { Points = new PointsSelector { Filter = Conditions.Match("live", true) } } },
        ], cancellationToken: Cancellation);

        states.Count.ShouldBe(4);
        states[1].New.ShouldBeLessThan(30ul);
        states[2].New.ShouldBe(30ul);
        states[2].All.ShouldBeInRange(31ul, 59ul);
        (await _client.CountAsync(Chunks, cancellationToken: Cancellation)).ShouldBe(30ul);
    }

    [Fact]
    public async Task Snapshot_WrittenToBetweenItsShards_IsNoOneMoment()
    {
        var written = false;
        Database.BetweenShards = async () =>
        {
            if (!written && (written = true))
                await _client.SetPayloadAsync(Chunks, new Dictionary<string, Value> { ["live"] = false }, cancellationToken: Cancellation, filter: Conditions.Match("live", true));
        };
        var snapshot = await _client.CreateSnapshotAsync(Chunks, Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(_cluster.Nodes[0].RestAddress) };
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await http.GetByteArrayAsync($"/collections/{Chunks}/snapshots/{snapshot.Name}", Cancellation)), "snapshot", "a.snapshot" },
        };
        (await http.PostAsync("/collections/restored/snapshots/upload", form, Cancellation)).EnsureSuccessStatusCode();

        (await _client.CountAsync("restored", cancellationToken: Cancellation)).ShouldBe(30ul);
        (await _client.CountAsync("restored", Conditions.Match("live", true), cancellationToken: Cancellation)).ShouldBeInRange(1ul, 29ul);
    }

    [Fact]
    public async Task KeywordList_OfAQuorum_MayHoldEveryPointTwice()
    {
        Database.DoublesKeywordList = () => true;

        var found = await QueryAsync(ReadConsistencyType.Quorum, limit: 10);
        found.Count.ShouldBe(10);
        found.CountBy(hit => (hit.Id.Num, hit.Score, hit.Version)).ShouldAllBe(hit => hit.Value == 2);
        (await QueryAsync(ReadConsistencyType.Majority, limit: 10)).DistinctBy(hit => hit.Id.Num).Count().ShouldBe(10);
        (await _client.QueryAsync(Chunks, new[] { 1f, 0 }, usingVector: "dense", limit: 10, readConsistency: Quorum, cancellationToken: Cancellation)).DistinctBy(hit => hit.Id.Num).Count().ShouldBe(10);

        Database.DoublesKeywordList = () => false;
        (await QueryAsync(ReadConsistencyType.Quorum, limit: 10)).DistinctBy(hit => hit.Id.Num).Count().ShouldBe(10);
    }

    [Fact]
    public async Task Copies_ThatDiffer_AreBothFoundUntilThePointIsWrittenAgain()
    {
        Database.Differ(Chunks, 7, point => point.With(new() { ["live"] = false }, version: point.Version + 1));

        (await QueryAsync(ReadConsistencyType.Quorum, limit: 100)).Where(hit => hit.Id.Num == 7).Select(hit => hit.Payload["live"].BoolValue).ShouldBe([true, false]);
        (await QueryAsync(ReadConsistencyType.Quorum, limit: 100, Conditions.Match("live", false))).ShouldHaveSingleItem().Id.Num.ShouldBe(7ul);

        await _client.UpsertAsync(Chunks, [Point(7, live: true)], cancellationToken: Cancellation);
        (await QueryAsync(ReadConsistencyType.Quorum, limit: 100)).Count(hit => hit.Id.Num == 7).ShouldBe(1);
    }

    [Fact]
    public async Task Nodes_OfThree_OneMayBeGone()
    {
        await _cluster.Nodes[2].StopAsync();
        (await QueryAsync(ReadConsistencyType.Quorum, limit: 10)).Count.ShouldBe(10);

        _cluster.Nodes[1].FallSilent();
        (await Should.ThrowAsync<RpcException>(QueryAsync(ReadConsistencyType.Quorum, limit: 10))).Status
            .ShouldSatisfyAllConditions(status => status.StatusCode.ShouldBe(StatusCode.Internal), status => status.Detail.ShouldStartWith("Service internal error: 2 of 2 read operations failed"));
        (await Should.ThrowAsync<RpcException>(_client.DeleteAsync(Chunks, 7, cancellationToken: Cancellation))).Status.Detail.ShouldStartWith("Service internal error: 2 out of 3 shards failed");
        _cluster.Nodes[1].Speak();
        (await QueryAsync(ReadConsistencyType.Quorum, limit: 10)).Count.ShouldBe(10);
    }

    private static ReadConsistency Quorum => new() { Type = ReadConsistencyType.Quorum };

    private Task<IReadOnlyList<ScoredPoint>> QueryAsync(ReadConsistencyType type, ulong limit, Filter? filter = null) => _client.QueryAsync(
        Chunks, new[] { (1f, 1u) }, usingVector: "words", filter: filter, limit: limit, readConsistency: new ReadConsistency { Type = type }, cancellationToken: Cancellation);

    private static PointStruct Point(ulong number, bool live) => new()
    {
        Id = number,
        Payload = { ["live"] = live },
        Vectors = new Dictionary<string, Vector>
        {
            ["dense"] = new[] { 1f, number },
            ["words"] = new Vector { Sparse = new SparseVector { Indices = { 1 }, Values = { 1f / number } } },
        },
    };
}
