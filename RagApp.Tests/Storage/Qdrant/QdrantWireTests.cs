using System.Text.Json;
using System.Text.Json.Nodes;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Qdrant.Client;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>What the client sends is what a real server was sent, and it reads what that one answered.</summary>
public sealed class QdrantWireTests
{
    private static readonly Guid First = Guid.Parse("00000000-0000-4000-8000-000000000001");
    private static readonly QdrantFilter Acme = QdrantFilter.ForWriter("acme");
    private static readonly QdrantFilter AcmesD1 = Acme.And(QdrantCondition.Is("document", "d1"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collection_Recorded_IsMadeFoundAndRemoved()
    {
        (await CallAsync("create collection", client => client.CreateCollectionAsync("chunks_v1", Recorded(), Cancellation))).ShouldBeTrue();
        (await CallAsync("create collection that exists", client => client.CreateCollectionAsync("chunks_v1", Recorded(), Cancellation))).ShouldBeFalse();
        (await CallAsync("collection exists", client => client.CollectionExistsAsync("chunks_v1", Cancellation))).ShouldBeTrue();
        (await CallAsync("collection that is absent", client => client.FindCollectionAsync("nope", Cancellation))).ShouldBeNull();
        (await CallAsync("delete the old collection", client => client.DeleteCollectionAsync("chunks_v1", Cancellation))).ShouldBeTrue();
        (await CallAsync("delete it again", client => client.DeleteCollectionAsync("chunks_v1", Cancellation))).ShouldBeFalse();
    }

    [Fact]
    public async Task FindCollectionAsync_Recorded_HasWhatIsCompared()
    {
        var info = (await CallAsync("collection info", client => client.FindCollectionAsync("chunks_v1", Cancellation))).ShouldNotBeNull();

        (info.Status, info.PointsCount).ShouldBe(("green", 0));
        var config = info.Config;
        config.Params.Vectors["dense"].ShouldBe(new QdrantDenseSettings(384, "Cosine") { OnDisk = true });
        config.Params.SparseVectors["bm25"].Modifier.ShouldBe("idf");
        (config.Params.ShardNumber, config.Params.ReplicationFactor, config.Params.WriteConsistencyFactor, config.Params.OnDiskPayload).ShouldBe((2, 1, 1, true));
        config.HnswConfig.ShouldBe(new QdrantHnswSettings { M = 16, EfConstruct = 100, PayloadM = 16 });
        config.QuantizationConfig!.Scalar.ShouldBe(new QdrantScalarQuantization("int8") { Quantile = 0.99, AlwaysRam = true });
        config.StrictModeConfig.ShouldBe(Recorded().StrictModeConfig);
        config.Metadata.ShouldBe(new QdrantMetadata("multilingual-e5-small", 384));
    }

    [Theory]
    [InlineData("payload index: tenant", "tenant", "keyword", true)]
    [InlineData("payload index: acl", "acl", "keyword", null)]
    [InlineData("payload index: datetime", "modified", "datetime", null)]
    public async Task CreateIndexAsync_Recorded_IsSent(string title, string field, string type, bool? isTenant) =>
        await SendAsync(title, client => client.CreateIndexAsync("chunks_v1", field, new QdrantIndexSettings(type) { IsTenant = isTenant }, Cancellation));

    [Fact]
    public async Task Aliases_Recorded_AreSwitchedInOneCall()
    {
        await SendAsync("alias create", client => client.ChangeAliasesAsync([new QdrantAliasChange { CreateAlias = new("chunks", "chunks_v1") }], Cancellation));
        await SendAsync("alias switch, one call", client => client.ChangeAliasesAsync(
            [new QdrantAliasChange { DeleteAlias = new("chunks") }, new QdrantAliasChange { CreateAlias = new("chunks", "chunks_v2") }], Cancellation));
        (await CallAsync("aliases", client => client.ListAliasesAsync(Cancellation))).ShouldBe([new QdrantAlias("chunks", "chunks_v2")]);
        (await CallAsync("key as bearer token", client => client.ListCollectionsAsync(Cancellation))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Points_Recorded_AreWritten()
    {
        await SendAsync("upsert through the alias, wait", client => client.UpsertAsync("chunks", PointsOf("upsert through the alias, wait"), Cancellation));
        await SendAsync("upsert with the sparse vector only", client => client.UpsertAsync("chunks", PointsOf("upsert with the sparse vector only"), Cancellation));
        await SendAsync("upsert with a zero vector and empty sparse", client => client.UpsertAsync("chunks", PointsOf("upsert with a zero vector and empty sparse"), Cancellation));
        await SendAsync("access change: set payload by filter", client => client.SetPayloadAsync("chunks", AcmesD1, Json("""{"acl":["group:legal"]}"""), Cancellation));
        await SendAsync("delete by filter", client => client.DeleteAsync("chunks", Acme.And(QdrantCondition.Is("document", "d2")), Cancellation));
        await SendAsync("delete of an absent point", client => client.DeleteAsync("chunks", [Guid.Parse("00000000-0000-4000-8000-999999999999")], Cancellation));
    }

    [Fact]
    public async Task BatchAsync_Recorded_KeepsTheOrder()
    {
        const string title = "batch: upsert the new version, delete the old one";
        var points = Exchange.Whole(Exchange.Named(title).Request)!["operations"]![0]!["upsert"]!["points"]!.AsArray();
        await SendAsync(title, client => client.BatchAsync(
            "chunks", [QdrantOperation.Write([.. points.Select(point => Point(point!))]), QdrantOperation.Remove(AcmesD1)], Cancellation));
    }

    [Fact]
    public async Task QueryAsync_BothListsInOneBatch_IsSentAndRead()
    {
        var filter = QdrantFilter.ForReader(AccessFilter.For(new Principal("acme", "bob", ["staff"], [], Region: null)));
        var dense = Exchange.Whole(Exchange.Named("both lists in one batch").Request)!["searches"]![0]!["query"]!.Deserialize<float[]>();
        await using var server = await RecordedServer.StartAsync("both lists in one batch", Cancellation);

        var lists = await server.Client.QueryAsync("chunks",
        [
            QdrantQuery.ByMeaning(dense, filter, 5) with
            {
                WithPayload = QdrantSelection.All,
                Params = new QdrantSearchParams { HnswEf = 128, Acorn = new(Enable: true, 0.4), Quantization = new(Rescore: true, 2.0) },
            },
            QdrantQuery.ByKeywords(new QdrantSparse([2, 3], [1, 1]), filter, 5) with { WithPayload = QdrantSelection.Only("document") },
        ], Cancellation);

        var sent = server.Json!;
        foreach (var search in sent["searches"]!.AsArray().Select(search => search!.AsObject()))
        {
            var must = search["filter"]!["must"]!.AsArray();
            JsonNode.DeepEquals(must[2], JsonNode.Parse("""{"key":"live","match":{"value":true}}""")).ShouldBeTrue();
            must.RemoveAt(2); // not there when it was recorded, nor said then that no vectors come back
            Exchange.Matches(JsonNode.Parse("""["group:staff","public","user:bob"]"""), must[1]!["match"]!["any"]).ShouldBeTrue();
            must[1]!["match"]!["any"] = JsonNode.Parse("""["group:staff","user:bob","public"]""");
            search.Remove("with_vector").ShouldBeTrue();
        }
        Exchange.Matches(Exchange.Named("both lists in one batch").Request, sent).ShouldBeTrue(server.Body);
        server.Query["consistency"].ShouldBe("quorum");
        lists.Select(list => list.Count).ShouldBe([4, 4]);
        (lists[0][0].Id, lists[0][0].Score).ShouldBe((First, 1.0000001f));
        lists[0][0].Payload!.Value.GetProperty("acl")[0].GetString().ShouldBe("group:staff");
        lists[1][0].Payload!.Value.EnumerateObject().Select(field => field.Name).ShouldBe(["document"]);
    }

    [Fact]
    public async Task Questions_Recorded_AreSentAndRead()
    {
        (await CallAsync("count left", client => client.CountAsync("chunks", filter: null, exact: true, Cancellation))).ShouldBe(2);
        (await CallAsync("facet: chunks per document", client => client.FacetAsync("chunks", "document", Acme, 10, Cancellation)))
            .ShouldBe([new QdrantFacet("d1", 5), new QdrantFacet("d2", 1)]);
    }

    [Fact]
    public async Task ScrollAsync_Recorded_AsksForThePageAfter()
    {
        await using var server = await RecordedServer.StartAsync("scroll, first page", Cancellation);
        var points = server.Client.ScrollAsync("chunks", Acme, QdrantSelection.Only("tenant", "document", "version"), QdrantSelection.None, Cancellation);

        var found = await points.Take(3).ToListAsync(Cancellation); // the server answers every page alike

        found[0].Id.ShouldBe(First);
        found[0].Payload!.Value.GetProperty("version").GetString().ShouldBe("1");
        ((string?)server.Json!["offset"]).ShouldBe("00000000-0000-4000-8000-000000000004");
        Exchange.Matches(Exchange.Named("scroll, first page").Request!["filter"], server.Json["filter"]).ShouldBeTrue(server.Body);
    }

    [Fact]
    public async Task Snapshots_Recorded_AreMadeListedAndTakenIn()
    {
        const string name = "chunks_v1-8497422719191872-2026-11-22-20-45-51.snapshot";
        const string checksum = "5715646adae675bb6ce9a38eee5aedfdabaaa19f6cf5f59535f6edfe7f6aafa8";
        (await CallAsync("snapshot create", client => client.CreateSnapshotAsync(client.Nodes[0], "chunks_v1", Cancellation))).ShouldBe(new QdrantSnapshot(name, 798720, checksum));
        (await CallAsync("snapshots: list", client => client.ListSnapshotsAsync(client.Nodes[0], "chunks_v1", Cancellation))).ShouldBe([new QdrantSnapshot(name, 798720, checksum)]);
        await SendAsync("recover into a new collection from a local file", client => client.RecoverSnapshotAsync(
            client.Nodes[0], "restored", new Uri($"file://SNAPSHOTS/chunks_v1/{name}"), checksum, Cancellation));
        (await CallAsync("delete an absent snapshot", client => client.DeleteSnapshotAsync(client.Nodes[0], "chunks_v2", "none.snapshot", Cancellation))).ShouldBeFalse();
    }

    [Fact]
    public async Task UploadSnapshotAsync_Recorded_SendsAForm()
    {
        await using var server = await RecordedServer.StartAsync("recover by upload", Cancellation);
        using var bytes = new MemoryStream("the bytes"u8.ToArray());
        await server.Client.UploadSnapshotAsync(server.Client.Nodes[0], "uploaded", bytes, "abc", Cancellation);

        (server.Method, server.Path, server.Key).ShouldBe(("POST", "/collections/uploaded/snapshots/upload", "a-key"));
        server.Query.ShouldBe(new Dictionary<string, string> { ["wait"] = "true", ["priority"] = "snapshot", ["checksum"] = "abc" }, ignoreOrder: true);
        server.Body.ShouldContain("name=snapshot");
        server.Body.ShouldContain("the bytes");
    }

    [Fact]
    public async Task GetClusterAsync_Recorded_SaysHowManyAndWhoLeads()
    {
        var single = await CallAsync("cluster status, single node", client => client.GetClusterAsync(node: null, Cancellation));
        (single.Size, single.IsCutOff).ShouldBe((1, false));
        var three = await CallAsync("cluster status, three nodes", client => client.GetClusterAsync(client.Nodes[0], Cancellation));
        (three.Size, three.IsCutOff, three.PeerId, three.RaftInfo!.Role).ShouldBe((3, false, 340397453297949UL, "Leader"));
        var shards = await CallAsync("where the shards are", client => client.GetShardsAsync("c", Cancellation));
        (shards.LocalShards.Count, shards.RemoteShards.Count, shards.AreWhole).ShouldBe((2, 4, true));
    }

    private static async Task SendAsync(string title, Func<QdrantClient, Task> call) =>
        await CallAsync(title, async client =>
        {
            await call(client);
            return true;
        });

    /// <summary>Makes the call, and compares what was sent with what was recorded; how a read or a write asks for safety comes on top.</summary>
    private static async Task<T> CallAsync<T>(string title, Func<QdrantClient, Task<T>> call)
    {
        var recorded = Exchange.Named(title);
        await using var server = await RecordedServer.StartAsync(title, Cancellation);
        var result = await call(server.Client);

        var path = recorded.Path.Split('?');
        (server.Method, server.Path, server.Key).ShouldBe((recorded.Method, path[0], "a-key"));
        var query = server.Query.Where(part => part is not ({ Key: "consistency", Value: "quorum" } or { Key: "ordering", Value: "medium" }));
        string.Join('&', query.Select(part => $"{part.Key}={part.Value}")).ShouldBe(path is [_, var rest] ? rest : server.Method == "DELETE" && server.Query.Count > 0 ? "wait=true" : "");
        Exchange.Matches(recorded.Request, server.Json).ShouldBeTrue($"{title}: {server.Body}");
        return result;
    }

    private static IEnumerable<QdrantPoint> PointsOf(string title) =>
        Exchange.Whole(Exchange.Named(title).Request)!["points"]!.AsArray().Select(point => Point(point!));

    private static QdrantPoint Point(JsonNode point) => point.Deserialize(QdrantJson.Wire.QdrantPoint)!;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>The settings of the recording, which are not ours.</summary>
    private static QdrantCollectionSettings Recorded() => new()
    {
        Vectors = new Dictionary<string, QdrantDenseSettings> { ["dense"] = new(384, "Cosine") { OnDisk = true } },
        SparseVectors = new Dictionary<string, QdrantSparseSettings> { ["bm25"] = new() { Modifier = "idf", Index = new() { OnDisk = false } } },
        ShardNumber = 2,
        ReplicationFactor = 1,
        WriteConsistencyFactor = 1,
        OnDiskPayload = true,
        HnswConfig = new() { M = 16, PayloadM = 16, EfConstruct = 100 },
        QuantizationConfig = new() { Scalar = new("int8") { Quantile = 0.99, AlwaysRam = true } },
        StrictModeConfig = new()
        {
            Enabled = true, UnindexedFilteringRetrieve = false, UnindexedFilteringUpdate = false, MaxQueryLimit = 1000,
            UpsertMaxBatchsize = 1000, SearchMaxBatchsize = 20, FilterMaxConditions = 50, ConditionMaxSize = 1000,
        },
        Metadata = new("multilingual-e5-small", 384),
    };
}
