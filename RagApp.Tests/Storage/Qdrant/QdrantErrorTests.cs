using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using QdrantException = RagApp.Storage.Qdrant.QdrantException;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>A refusal ends a call at once; a transient failure is retried.</summary>
public sealed class QdrantErrorTests : IAsyncLifetime
{
    private static readonly Uri Address = new("http://qdrant:6334");

    private readonly QuickTime _time = new();
    private QdrantStandIn _server = null!;
    private ServiceProvider _services = null!;

    private QdrantPoints Points => _services.GetRequiredService<QdrantPoints>();

    private FakeLogCollector Log => _services.GetFakeLogCollector();

    public async ValueTask InitializeAsync()
    {
        _server = await QdrantStandIn.StartAsync(Cancellation);
        _services = QdrantServices.Open(_server.Address, _time);
        await _services.GetRequiredService<QdrantClient>().CreateUnlessThereAsync(
            new CreateCollection
            {
                CollectionName = "c",
                VectorsConfig = new VectorsConfig { ParamsMap = new VectorParamsMap { Map = { ["dense"] = new VectorParams { Size = 2, Distance = Distance.Cosine } } } },
            },
            Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("info of missing", false, "`nope` doesn't exist")]
    [InlineData("create again", false, "already exists")]
    [InlineData("upsert wrong dimension", true, "expected dim: 8, got 9 for vector 'dense'")]
    [InlineData("upsert missing vector name", true, "Not existing vector name error: nope")]
    [InlineData("query unindexed filter", true, "Index required but not found for \"text\"")]
    [InlineData("set payload by unindexed filter", true, "Index required but not found for \"text\"")]
    [InlineData("wrong key", false, "Invalid API key or JWT. Check Key in ConnectionStrings:qdrant")]
    [InlineData("no key", false, "Must provide an API key")]
    public void Of_RecordedRefusal_IsNoFailureThatPasses(string what, bool isRefusal, string words)
    {
        var recorded = GrpcExchange.All.Single(exchange => exchange.What == what);
        var exception = QdrantErrors.Of(new RpcException(new Status(recorded.Status, recorded.Detail)), Address, "m", TimeSpan.FromSeconds(3));

        (exception.Code, exception.IsTransient, exception.IsRefusal, exception.IsNotFound)
            .ShouldBe((recorded.Status, false, isRefusal, recorded.Status == StatusCode.NotFound));
        exception.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData(StatusCode.DeadlineExceeded, "", "qdrant:6334 did not answer within 3 s")]
    [InlineData(StatusCode.DeadlineExceeded, "Timeout: 2 out of 3 shards failed", "2 out of 3 shards failed")]
    [InlineData(StatusCode.Internal, "Service internal error: 2 of 2 read operations failed", "2 of 2 read operations failed")]
    [InlineData(StatusCode.Unavailable, "Shard is not available", "Shard is not available")]
    [InlineData(StatusCode.ResourceExhausted, "Rate limiting exceeded", "Rate limiting exceeded")]
    public void Of_FailureThatPasses_IsOne(StatusCode code, string detail, string words)
    {
        var exception = QdrantErrors.Of(new RpcException(new Status(code, detail)), Address, "m", TimeSpan.FromSeconds(3));
        (exception.Code, exception.IsTransient, exception.IsRefusal).ShouldBe((code, true, false));
        exception.Message.ShouldContain(words);
    }

    [Fact]
    public void Of_ConnectionNotMadeInTime_IsUnreachable()
    {
        var late = new Status(StatusCode.Cancelled, "", new TaskCanceledException("A connection could not be established", new TimeoutException("It took too long.")));
        QdrantErrors.Of(new RpcException(late), Address, "m", TimeSpan.FromSeconds(3)).Code.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task Writes_OfEveryKind_KeepTheirOrderOnEveryCopy()
    {
        _server.Calls.Clear();
        await Points.UpsertAsync("c", [Point(1)], Cancellation);
        await Points.SetPayloadAsync("c", QdrantFilter.ForWriter("acme"), ChunkPayload.AccessOf(["public"]), Cancellation);
        await Points.DeleteAsync("c", QdrantFilter.ForWriter("acme"), Cancellation);
        _server.Calls.Select(call => (call.Method, call.Ordering)).ShouldBe(
            [("Points/Upsert", WriteOrderingType.Medium), ("Points/SetPayload", WriteOrderingType.Medium), ("Points/Delete", WriteOrderingType.Medium)]);
    }

    [Theory]
    [InlineData(nameof(QdrantFault.Error))]
    [InlineData(nameof(QdrantFault.ErrorAfterwards))]
    [InlineData(nameof(QdrantFault.Timeout))]
    [InlineData(nameof(QdrantFault.Drop))]
    public async Task Write_FailsOnce_IsRepeatedUntilItIsDone(string fault)
    {
        _server.FailOnce(Enum.Parse<QdrantFault>(fault), call => call.Method == "Points/Upsert");

        await Points.UpsertAsync("c", [Point(1)], Cancellation);

        _server.Calls.Count(call => call.Method == "Points/Upsert").ShouldBe(2);
        (await Points.CountAsync("c", filter: null, Cancellation)).ShouldBe(1);
        Log.GetSnapshot().ShouldHaveSingleItem().Message.ShouldContain("Points/Upsert failed on attempt 1 and is repeated");
    }

    [Fact]
    public async Task Write_Refused_IsNotRepeatedAndSaysWhy()
    {
        _server.FailOnce(QdrantFault.Refusal, call => call.Method == "Points/Upsert");
        var refusal = await Should.ThrowAsync<QdrantException>(Points.UpsertAsync("c", [Point(1)], Cancellation));
        (refusal.Code, refusal.IsTransient, refusal.IsRefusal).ShouldBe((StatusCode.InvalidArgument, false, true));
        _server.Calls.Count(call => call.Method == "Points/Upsert").ShouldBe(1);
    }

    [Fact]
    public async Task Write_NeverSucceeds_EndsWithTheLastErrorAfterItsDeadline()
    {
        _server.Fault = call => call.Method == "Points/Delete" ? QdrantFault.Error : QdrantFault.None;
        var failure = await Should.ThrowAsync<QdrantException>(Points.DeleteAsync("c", QdrantFilter.ForWriter("acme"), Cancellation));
        (failure.Code, failure.IsTransient).ShouldBe((StatusCode.Internal, true));
        failure.Message.ShouldContain("2 out of 3 shards failed to apply operation");
        _server.Calls.Count(call => call.Method == "Points/Delete").ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task UpsertAsync_ManyAndLargePoints_GoesInBoundedRequests()
    {
        await Points.UpsertAsync("c", Enumerable.Range(0, 1_201).Select(Point), Cancellation);
        await Points.UpsertAsync("c", Enumerable.Range(2_000, 5).Select(number => Large(number, 3 << 20)), Cancellation);
        await Points.UpsertAsync("c", [], Cancellation);

        _server.Calls.Count(call => call.Method == "Points/Upsert").ShouldBe(3 + 3);
        (await Points.CountAsync("c", filter: null, Cancellation)).ShouldBe(1_206);
    }

    [Fact]
    public async Task UpsertAsync_PointOver32Megabytes_IsRefusedBeforeItIsSent()
    {
        _server.Calls.Clear();
        var refusal = await Should.ThrowAsync<QdrantException>(Points.UpsertAsync("c", [Large(1, 33 << 20)], Cancellation));
        (refusal.Code, refusal.IsTransient, refusal.IsRefusal).ShouldBe((StatusCode.OutOfRange, false, true));
        _server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task ScrollAsync_ManyPages_GivesEachPointOnce()
    {
        await Points.UpsertAsync("c", Enumerable.Range(0, 1_201).Select(Point), Cancellation);
        var found = await Points.ScrollAsync("c", filter: null, PointFields.Small("text"), Cancellation).ToListAsync(Cancellation);
        found.Select(point => point.Id.Uuid).Distinct().Count().ShouldBe(1_201);
        found.Count.ShouldBe(1_201);
        found[0].Vectors.ShouldBeNull();
    }

    [Fact]
    public async Task Call_CancelledByTheCaller_IsNoIndexException()
    {
        using var cancel = new CancellationTokenSource();
        _server.Fault = call =>
        {
            cancel.Cancel();
            return QdrantFault.Silence;
        };
        (await Should.ThrowAsync<OperationCanceledException>(Points.CountAsync("c", filter: null, cancel.Token))).CancellationToken.ShouldBe(cancel.Token);
    }

    private static PointStruct Large(int number, int bytes)
    {
        var point = Point(number);
        point.Payload["text"] = new string('x', bytes);
        return point;
    }

    private static PointStruct Point(int number) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Vectors = new Vectors { Vectors_ = new NamedVectors { Vectors = { ["dense"] = new[] { 1f, 0 } } } },
    };
}
