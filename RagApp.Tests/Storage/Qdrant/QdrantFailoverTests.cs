using System.Diagnostics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using Shouldly;
using Xunit;
using QdrantException = RagApp.Storage.Qdrant.QdrantException;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>Nodes that fail, refuse connections, or accept them and let nothing pass.</summary>
public sealed class QdrantFailoverTests : IAsyncLifetime
{
    private QdrantCluster _cluster = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
            await CountAsync(); // every connection is open
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
        var waits = new List<TimeSpan>();
        for (var time = 0; time < 12; time++)
        {
            var began = Stopwatch.GetTimestamp();
            await CountAsync();
            waits.Add(Stopwatch.GetElapsedTime(began));
        }
        waits.Count(wait => wait >= TimeSpan.FromMilliseconds(400)).ShouldBeLessThanOrEqualTo(1, "the silent node is asked once");
        waits.Max().ShouldBeLessThan(TimeSpan.FromSeconds(3));

        Nodes[2].Speak();
        await Eventually.HoldsAsync(async () =>
        {
            await CountAsync();
            return Reads(2) > 1;
        });
    }

    [Fact]
    public async Task Read_EveryNodeSilent_EndsInTimeWithAnIndexException()
    {
        foreach (var node in Nodes)
            node.FallSilent();
        var began = Stopwatch.GetTimestamp();
        (await Should.ThrowAsync<QdrantException>(CountAsync())).IsTransient.ShouldBeTrue();
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Write_NodeFallsSilentOnOpenConnections_IsRepeatedOnAnotherWithoutWaitingForItsLimit()
    {
        Nodes[0].FallSilent();
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < 6; number++)
            await Points.UpsertAsync("c", [Point(number)], Cancellation);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(12), "the limit of a single write");
        (await CountAsync()).ShouldBe(6);
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
