using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The REST API, for functions that gRPC lacks (health, cluster, snapshot files), answers as a real server was recorded to.</summary>
public sealed class QdrantStandInRestTests : IAsyncLifetime
{
    private const string RecordedSnapshot = "chunks_v1-8497422719191872-2026-11-22-20-45-51.snapshot";

    private QdrantStandIn _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await QdrantStandIn.StartAsync(Cancellation);
        (_server.Key, _server.ReadOnlyKey) = ("the-key", "the-other");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/healthz without a key", null)]
    [InlineData("/livez without a key", null)]
    [InlineData("/readyz without a key", null)]
    [InlineData("/metrics without a key", null)]
    [InlineData("wrong key", "guessed")]
    [InlineData("write with the read-only key", "the-other")]
    [InlineData("cluster status, single node", "the-key")]
    public async Task Requests_Recorded_AreAnsweredAlike(string title, string? key)
    {
        var recorded = RestExchange.Named(title);
        using var response = await SendAsync(new HttpMethod(recorded.Method), recorded.Path, content: null, key);

        ((int)response.StatusCode).ShouldBe(recorded.Status);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        if (recorded.ContentType is not "application/json")
        {
            text.ShouldBe((string?)recorded.Response);
            return;
        }
        var answer = JsonNode.Parse(text)!;
        foreach (var part in new[] { "result", "status" })
            JsonNode.DeepEquals(answer[part], recorded.Response![part]).ShouldBeTrue(text);
    }

    [Fact]
    public async Task Cluster_ThreeNodes_SaysWhoIsThereAndWhoLeads()
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        var recorded = RestExchange.Named("cluster status, three nodes").Response!["result"]!;
        using var http = new HttpClient();
        foreach (var node in cluster.Nodes)
        {
            var status = (await http.GetFromJsonAsync<JsonNode>($"{node.RestAddress}/cluster", Cancellation))!["result"]!.AsObject();
            status.Select(field => field.Key).Except(recorded.AsObject().Select(field => field.Key)).ShouldBeEmpty();
            status["raft_info"]!.AsObject().Select(field => field.Key).ShouldBe(recorded["raft_info"]!.AsObject().Select(field => field.Key));
            ((ulong)status["peer_id"]!, status["peers"]!.AsObject().Count).ShouldBe((node.Peer, 3));
            ((string)status["raft_info"]!["role"]!).ShouldBe(node == cluster.Nodes[0] ? "Leader" : "Follower");
        }
    }

    [Fact]
    public async Task Snapshot_DownloadedUploadedAndRecovered_BringsTheCollectionBack()
    {
        using var channel = GrpcChannel.ForAddress(_server.Address);
        using var client = new QdrantClient(new QdrantGrpcClient(channel.Intercept(headers =>
        {
            headers.Add("api-key", "the-key");
            return headers;
        })));
        await client.CreateCollectionAsync("chunks_v1", new VectorParams { Size = 2, Distance = Distance.Cosine }, cancellationToken: Cancellation);
        await client.CreatePayloadIndexAsync("chunks_v1", "tenant", cancellationToken: Cancellation);
        await client.UpsertAsync("chunks_v1", [new PointStruct { Id = 1, Vectors = new[] { 1f, 0 }, Payload = { ["tenant"] = "a" } }], cancellationToken: Cancellation);
        var made = await client.CreateSnapshotAsync("chunks_v1", Cancellation);

        using var download = await SendAsync(HttpMethod.Get, $"/collections/chunks_v1/snapshots/{made.Name}", content: null);
        var bytes = await download.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancellation);
        bytes.Length.ShouldBe((int)made.Size);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "snapshot", "a.snapshot" } };
        var upload = RestExchange.Named("recover by upload");
        using var uploaded = await SendAsync(new HttpMethod(upload.Method), $"{upload.Path}&checksum={made.Checksum}", form);
        ((int)uploaded.StatusCode).ShouldBe(upload.Status);
        foreach (var title in new[] { "recover into a new collection from a local file", "recover with a wrong checksum" })
        {
            var recorded = RestExchange.Named(title);
            var request = recorded.Request!.ToJsonString().Replace(RecordedSnapshot, made.Name, StringComparison.Ordinal)
                .Replace("5715646adae675bb6ce9a38eee5aedfdabaaa19f6cf5f59535f6edfe7f6aafa8", made.Checksum, StringComparison.Ordinal);
            using var content = new StringContent(request);
            using var recovered = await SendAsync(new HttpMethod(recorded.Method), recorded.Path, content);
            ((int)recovered.StatusCode).ShouldBe(recorded.Status, title);
        }

        foreach (var collection in new[] { "uploaded", "restored" })
        {
            (await client.CountAsync(collection, cancellationToken: Cancellation)).ShouldBe(1ul);
            (await client.GetCollectionInfoAsync(collection, Cancellation)).PayloadSchema["tenant"].DataType.ShouldBe(PayloadSchemaType.Keyword);
        }
        (await client.CollectionExistsAsync("restored2", Cancellation)).ShouldBeFalse();
        await client.DeleteSnapshotAsync("chunks_v1", made.Name, Cancellation);
        (await client.ListSnapshotsAsync("chunks_v1", Cancellation)).ShouldBeEmpty();
        (await Should.ThrowAsync<Grpc.Core.RpcException>(client.DeleteSnapshotAsync("chunks_v2", "none.snapshot", Cancellation))).Status.Detail
            .ShouldBe((string?)RestExchange.Named("delete an absent snapshot").Response!["status"]!["error"]);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? key = "the-key")
    {
        using var http = new HttpClient { BaseAddress = new Uri(_server.RestAddress) };
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.Add("api-key", key);
        return await http.SendAsync(request, Cancellation);
    }
}
