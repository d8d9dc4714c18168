using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>What the client makes of refusals, of nodes that fail, and of those that are silent.</summary>
public sealed class QdrantErrorTests : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly QuickTime _time = new();
    private readonly FakeLogger<QdrantTransport> _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    [Theory]
    [InlineData("create with a bad dimension", 400, "untagged enum VectorsConfig")]
    [InlineData("upsert with a wrong dimension (second of two)", 400, "expected dim: 384, got 3 for vector 'dense'")]
    [InlineData("upsert with a bad id", 400, "not-a-uuid is not a valid point ID")]
    [InlineData("upsert with NaN", 400, "Format error in JSON body")]
    [InlineData("upsert with a repeated sparse index", 422, "must be unique")]
    [InlineData("upsert over upsert_max_batchsize", 400, "1001 > 1000")]
    [InlineData("malformed JSON", 400, "EOF while parsing")]
    [InlineData("filter on a field without index", 400, "Index required but not found for \"colour\"")]
    [InlineData("delete by a field without index", 400, "Index required but not found for \"colour\"")]
    [InlineData("limit over max_query_limit", 400, "Limit exceeded 5000 > 1000")]
    [InlineData("query with a wrong dimension", 400, "expected dim: 384, got 2")]
    [InlineData("query with an unknown vector name", 400, "Not existing vector name error: nope")]
    [InlineData("any over condition_max_size", 400, "1001 > 1000")]
    [InlineData("recover with a wrong checksum", 400, "checksum mismatch")]
    [InlineData("collection that is absent", 404, "`nope` doesn't exist")]
    [InlineData("wrong key", 401, "Invalid API key or JWT. Check Key in ConnectionStrings:qdrant_http")]
    [InlineData("/collections without a key", 401, "Must provide an API key")]
    [InlineData("write with the read-only key", 403, "Global manage access is required. Check Key in ConnectionStrings:qdrant_http")]
    public async Task Write_Refused_IsNotRepeatedAndSaysWhy(string title, int status, string words)
    {
        var attempts = 0;
        await using var server = await RecordedServer.StartAsync(title, Cancellation);

        var refusal = await Should.ThrowAsync<QdrantException>(() =>
        {
            attempts++;
            return server.Client.DeleteAsync("chunks", [Guid.Empty], Cancellation);
        });

        (refusal.Status, refusal.IsTransient, attempts).ShouldBe(((HttpStatusCode)status, false, 1));
        refusal.Message.ShouldContain(words);
        refusal.Message.ShouldNotContain("a-key");
    }

    [Theory]
    [InlineData("write, one node stopped, consistency 2", 500, "2 out of 3 shards failed to apply operation")]
    [InlineData("write with a node frozen, timeout 5", 408, "2 out of 3 shards failed to apply operation")]
    [InlineData("read with two of three nodes down", 500, "2 of 2 read operations failed")]
    [InlineData("body over 32 MB", null, "closed the connection")]
    public async Task Write_NeverSucceeds_EndsWithTheLastError(string title, int? status, string words)
    {
        await using var server = await RecordedServer.StartAsync(title, Cancellation);
        var failure = await Should.ThrowAsync<QdrantException>(server.Client.DeleteAsync("chunks", [Guid.Empty], Cancellation));
        (failure.Status, failure.IsTransient).ShouldBe(((HttpStatusCode?)status, true));
        failure.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("Error")]
    [InlineData("ErrorAfterwards")]
    [InlineData("Timeout")]
    [InlineData("Drop")]
    public async Task Write_FailsOnce_IsRepeatedUntilItIsDone(string fault)
    {
        var server = await StartAsync();
        using var transport = Connect(server.Address);
        var client = new QdrantClient(transport);
        await MakeAsync(client);
        server.FailOnce(Enum.Parse<QdrantFault>(fault), request => request.Path.Value!.EndsWith("/points", StringComparison.Ordinal));

        await client.UpsertAsync("c", [Point(1)], Cancellation);

        server.Requests.Count(request => request == "PUT /collections/c/points?wait=true").ShouldBe(2);
        (await client.CountAsync("c", filter: null, exact: true, Cancellation)).ShouldBe(1);
        _log.Collector.GetSnapshot().ShouldHaveSingleItem().Message.ShouldContain("on attempt 1 and is repeated");
    }

    [Fact]
    public async Task Write_SilentNode_IsRepeatedAfterItsTimeLimit()
    {
        var server = await StartAsync();
        using var transport = Connect(server.Address);
        var client = new QdrantClient(transport);
        await MakeAsync(client);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.FailOnce(QdrantFault.Silence, request => request.Method == "PUT" && asked.TrySetResult());

        var write = client.UpsertAsync("c", [Point(1)], Cancellation);
        await asked.Task.WaitAsync(Cancellation);
        _time.RunOut();
        await write;

        _log.Collector.GetSnapshot().ShouldHaveSingleItem().Message.ShouldContain("did not answer within 15 s");
    }

    [Fact]
    public async Task Read_FirstAddressIsClosed_TheNextOneAnswersAndStaysFirst()
    {
        var server = await StartAsync();
        using var transport = Connect($"http://127.0.0.1:{FreePort.Next()},{server.Address}");
        var client = new QdrantClient(transport);
        for (var time = 0; time < 4; time++)
            (await client.ListCollectionsAsync(Cancellation)).ShouldBeEmpty();
        server.Requests.Count.ShouldBe(4);
        transport.Nodes.InTurn()[0].ShouldBe(new Uri(server.Address));
    }

    [Fact]
    public async Task Read_NodeAnswers500_TheNextOneIsAsked()
    {
        var (cutOff, whole) = (await StartAsync(), await StartAsync());
        cutOff.Fault = _ => QdrantFault.Error;
        using var transport = Connect($"{cutOff.Address},{whole.Address}");

        (await new QdrantClient(transport).ListCollectionsAsync(Cancellation)).ShouldBeEmpty();

        (cutOff.Requests.Count, whole.Requests.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Read_AllNodesFail_SaysWhatTheLastOneSaid()
    {
        var (one, two) = (await StartAsync(), await StartAsync());
        one.Fault = two.Fault = _ => QdrantFault.Error;
        using var transport = Connect($"{one.Address},{two.Address}");

        var failure = await Should.ThrowAsync<QdrantException>(new QdrantClient(transport).ListCollectionsAsync(Cancellation));

        failure.Status.ShouldBe(HttpStatusCode.InternalServerError);
        (one.Requests.Count, two.Requests.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Write_FirstAddressIsClosed_GoesToTheNextOne()
    {
        var server = await StartAsync();
        using var transport = Connect($"http://127.0.0.1:{FreePort.Next()},{server.Address}");
        var client = new QdrantClient(transport);
        await MakeAsync(client);
        await client.UpsertAsync("c", [Point(1)], Cancellation);
        (await client.CountAsync("c", filter: null, exact: true, Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task UpsertAsync_ManyAndLargePoints_GoesInBoundedRequests()
    {
        var server = await StartAsync();
        using var transport = Connect(server.Address);
        var client = new QdrantClient(transport);
        await MakeAsync(client);
        var large = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["text"] = new('x', 3 << 20) });

        await client.UpsertAsync("c", Enumerable.Range(0, 1_201).Select(Point), Cancellation);
        await client.UpsertAsync("c", Enumerable.Range(2_000, 5).Select(number => Point(number) with { Payload = large }), Cancellation);
        await client.UpsertAsync("c", [], Cancellation);

        server.Requests.Count(request => request.EndsWith("/points?wait=true", StringComparison.Ordinal)).ShouldBe(3 + 3);
        (await client.CountAsync("c", filter: null, exact: true, Cancellation)).ShouldBe(1_206);
    }

    [Fact]
    public async Task Write_BodyOver32Megabytes_IsRefusedBeforeItIsSent()
    {
        var server = await StartAsync();
        using var transport = Connect(server.Address);
        var huge = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["text"] = new('x', 33 << 20) });

        var refusal = await Should.ThrowAsync<QdrantException>(new QdrantClient(transport).UpsertAsync("c", [Point(1) with { Payload = huge }], Cancellation));

        (refusal.Status, refusal.IsTransient).ShouldBe((HttpStatusCode.RequestEntityTooLarge, false));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task UpsertAsync_NotANumber_ThrowsBeforeAnythingIsSent()
    {
        var server = await StartAsync();
        using var transport = Connect(server.Address);
        var point = Point(1) with { Vector = new QdrantVectors { Dense = new[] { float.NaN, 0 } } };
        await Should.ThrowAsync<ArgumentException>(new QdrantClient(transport).UpsertAsync("c", [point], Cancellation));
        server.Requests.ShouldBeEmpty();
    }

    private async Task<QdrantStandIn> StartAsync()
    {
        var server = await QdrantStandIn.StartAsync(Cancellation);
        _servers.Add(server);
        return server;
    }

    private QdrantTransport Connect(string addresses) => new(Options.Create(new QdrantOptions { Endpoint = addresses }), _time, _log);

    private static Task MakeAsync(QdrantClient client) => client.CreateCollectionAsync("c", new QdrantCollectionSettings
    {
        Vectors = new Dictionary<string, QdrantDenseSettings> { ["dense"] = new(2, "Cosine") },
        SparseVectors = new Dictionary<string, QdrantSparseSettings>(),
    }, Cancellation);

    private static QdrantPoint Point(int number) => new(new Guid(number, 0, 0, new byte[8])) { Vector = new QdrantVectors { Dense = new float[] { 1, 0 } } };
}
