using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using QdrantException = RagApp.Storage.Qdrant.QdrantException;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>Nodes that fail, refuse connections, or accept connections without ever answering.</summary>
public sealed class QdrantFailoverTests : IAsyncLifetime
{
    private QdrantCluster _cluster = null!;
    private ServiceProvider _services = null!;

    private IReadOnlyList<QdrantStandIn> Nodes => _cluster.Nodes;

    private QdrantPoints Points => _services.GetRequiredService<QdrantPoints>();

    public async ValueTask InitializeAsync()
    {
        _cluster = await QdrantCluster.StartAsync(3, Cancellation);
        _services = QdrantServices.Open(_cluster.Addresses, TimeProvider.System);
        await _services.GetRequiredService<QdrantClient>().CreateUnlessThereAsync(
            new CreateCollection
            {
                CollectionName = "c",
                VectorsConfig = new VectorsConfig { ParamsMap = new VectorParamsMap { Map = { ["dense"] = new VectorParams { Size = 2, Distance = Distance.Cosine } } } },
            },
            Cancellation);
        foreach (var _ in Nodes)
            await CountAsync(); // opens every connection
        Forget();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Read_NodeFails_AnotherAnswersAndTheFirstRests()
    {
        Nodes[0].Fault = call => call.IsRead ? QdrantFault.Error : QdrantFault.None;
        for (var time = 0; time < 12; time++)
            await CountAsync();
        Reads(0).ShouldBe(1);
        (Reads(1) + Reads(2)).ShouldBe(12);
    }

    [Fact]
    public async Task Read_EveryNodeFails_EndsWithWhatTheLastOneSaid()
    {
        foreach (var node in Nodes)
            node.Fault = call => call.IsRead ? QdrantFault.Error : QdrantFault.None;
        (await Should.ThrowAsync<QdrantException>(CountAsync())).Code.ShouldBe(StatusCode.Internal);
        Nodes.Select((_, node) => Reads(node)).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task Read_OneNodeDoesNotKnowTheCollection_AnotherAnswers()
    {
        Nodes[0].Fault = call => call.IsRead ? QdrantFault.Absent : QdrantFault.None;
        for (var time = 0; time < 6; time++)
            (await CountAsync()).ShouldBe(0);
        Reads(0).ShouldBe(2);
    }

    [Fact]
    public async Task Read_MostNodesDoNotKnowTheCollection_IsNotFound()
    {
        Nodes[0].Fault = Nodes[1].Fault = call => call.IsRead ? QdrantFault.Absent : QdrantFault.None;
        for (var time = 0; time < 6 && Reads(2) == 0; time++)
            await Record.ExceptionAsync(CountAsync);
        Nodes[2].Fault = call => call.IsRead ? QdrantFault.Absent : QdrantFault.None;
        Forget();
        (await Should.ThrowAsync<QdrantException>(CountAsync())).IsNotFound.ShouldBeTrue();
        Nodes.Select((_, node) => Reads(node)).Sum().ShouldBe(2, "two of three are enough");
    }

    [Fact]
    public async Task Read_OneNodeDoesNotKnowTheCollectionAndTheOthersFail_IsAFailureThatPasses()
    {
        Nodes[0].Fault = call => call.IsRead ? QdrantFault.Absent : QdrantFault.None;
        Nodes[1].Fault = Nodes[2].Fault = call => call.IsRead ? QdrantFault.Error : QdrantFault.None;
        for (var time = 0; time < 3; time++)
            (await Should.ThrowAsync<QdrantException>(CountAsync())).Code.ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task Read_ConnectionIsNotMadeInTime_IsUnreachable()
    {
        using var gone = new FullPort();
        await using var services = QdrantServices.Open(gone.Address, TimeProvider.System, ("Storage:Qdrant:ReadTimeout", "00:00:30"));
        var failure = await Should.ThrowAsync<QdrantException>(services.GetRequiredService<QdrantPoints>().CountAsync("c", filter: null, Cancellation));
        (failure.Code, failure.IsTransient).ShouldBe((StatusCode.Unavailable, true));
        failure.Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task Read_HandshakeIsNotDoneInTime_IsUnreachable()
    {
        Nodes[0].FallSilent(); // the node accepts connections but never answers
        await using var services = QdrantServices.Open(Nodes[0].Address.Replace("http:", "https:", StringComparison.Ordinal), TimeProvider.System, ("Storage:Qdrant:ReadTimeout", "00:00:30"));
        var failure = await Should.ThrowAsync<QdrantException>(services.GetRequiredService<QdrantPoints>().CountAsync("c", filter: null, Cancellation));
        (failure.Code, failure.IsTransient).ShouldBe((StatusCode.Unavailable, true));
        failure.Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task GetClusterAsync_ConnectionIsNotMadeInTime_AnotherNodeAnswers()
    {
        using var gone = new FullPort();
        await using var services = QdrantServices.Open(_cluster.Addresses, TimeProvider.System, ("Storage:Qdrant:HttpNodes", $"{gone.Address},{Nodes[1].RestAddress},{Nodes[2].RestAddress}"));
        var rest = services.GetRequiredService<QdrantRest>();
        (await Should.ThrowAsync<QdrantException>(rest.GetClusterAsync(services.GetRequiredService<QdrantNodes>().All[0], Cancellation))).Code.ShouldBe(StatusCode.Unavailable);
        (await rest.GetClusterAsync(Cancellation)).Size.ShouldBe(3);
    }

    [Fact]
    public async Task Read_NodeStopped_NobodyNoticesAndItComesBack()
    {
        await Nodes[1].StopAsync();
        for (var time = 0; time < 9; time++)
            await CountAsync();
        Reads(1).ShouldBe(0);
    }

    [Fact]
    public async Task Read_NodeFallsSilentOnOpenConnections_AnotherAnswersInTimeAndItIsLeftOutUntilItSpeaks()
    {
        Nodes[2].FallSilent();
        for (var time = 0; time < 12; time++)
            await CountAsync();
        IsLeftOut(2).ShouldBeTrue();
        Nodes.Select((_, node) => Reads(node)).Sum().ShouldBeInRange(12, 12 + 2, "the silent node was asked for once, and another in its place");

        Nodes[2].Speak();
        await Eventually.HoldsAsync(() => !IsLeftOut(2));
    }

    [Fact]
    public async Task Read_EveryNodeSilent_EndsInTimeWithAnIndexException()
    {
        foreach (var node in Nodes)
            node.FallSilent();
        (await Should.ThrowAsync<QdrantException>(CountAsync())).Code.ShouldBeOneOf(StatusCode.DeadlineExceeded, StatusCode.Unavailable);
    }

    [Fact]
    public async Task Write_NodeFallsSilentOnOpenConnections_IsRepeatedOnAnotherWithoutWaitingForItsLimit()
    {
        Nodes[0].FallSilent();
        for (var number = 0; number < 6; number++)
            await Points.UpsertAsync("c", [Point(number)], Cancellation);
        (await CountAsync()).ShouldBe(6);
        var repeated = _services.GetFakeLogCollector().GetSnapshot().Where(entry => entry.Message.Contains("is repeated", StringComparison.Ordinal)).ToList();
        repeated.ShouldHaveSingleItem().Message.ShouldContain("cannot be reached, or closed the connection", customMessage: "the connection was given up long before the write's own limit");
    }

    [Fact]
    public async Task Write_NodeSilentFromTheStart_IsRepeatedOnAnother()
    {
        Nodes[0].FallSilent();
        await using var fresh = QdrantServices.Open(_cluster.Addresses, TimeProvider.System);
        var points = fresh.GetRequiredService<QdrantPoints>();
        for (var number = 0; number < 3; number++)
            await points.UpsertAsync("c", [Point(number)], Cancellation);
        (await CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Write_NodeStopped_GoesToAnother()
    {
        await Nodes[0].StopAsync();
        for (var number = 0; number < 6; number++)
            await Points.UpsertAsync("c", [Point(number)], Cancellation);
        (await CountAsync()).ShouldBe(6);
    }

    private Task<long> CountAsync() => Points.CountAsync("c", filter: null, Cancellation);

    private bool IsLeftOut(int node)
    {
        var nodes = _services.GetRequiredService<QdrantNodes>();
        return nodes.IsResting(nodes.All[node]);
    }

    private int Reads(int node) => Nodes[node].Calls.Count(call => call.IsRead);

    private void Forget()
    {
        foreach (var node in Nodes)
            node.Calls.Clear();
    }

    private static PointStruct Point(int number) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Vectors = new Vectors { Vectors_ = new NamedVectors { Vectors = { ["dense"] = new[] { 1f, 0 } } } },
    };
}
