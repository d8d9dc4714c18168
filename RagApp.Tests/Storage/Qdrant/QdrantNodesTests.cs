using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>After a failure a node is not used for a time that depends on the kind of failure.</summary>
public sealed class QdrantNodesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private QdrantCluster _cluster = null!;
    private ServiceProvider _services = null!;

    private QdrantNodes Nodes => _services.GetRequiredService<QdrantNodes>();

    public async ValueTask InitializeAsync()
    {
        _cluster = await QdrantCluster.StartAsync(3, TestContext.Current.CancellationToken);
        _services = QdrantServices.Open(_cluster.Addresses, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Failed_WhileItRestsForBeingSlow_RestsAsLongAsTheFailureAsks()
    {
        Nodes.Slow(Nodes.All[0]);
        Nodes.Failed(Nodes.All[0], Failure(StatusCode.Internal));
        Nodes.Slow(Nodes.All[0]); // a shorter rest does not shorten a longer one
        Nodes.Slow(Nodes.All[1]);

        _time.Advance(TimeSpan.FromSeconds(2.1));
        await Eventually.HoldsAsync(() => !IsResting(1));
        IsResting(0).ShouldBeTrue();
        AskedForASignOfLife(0).ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(8));
        await Eventually.HoldsAsync(() => !IsResting(0));
    }

    [Fact]
    public async Task Failed_NoAnswerInTime_RestsAsASlowOneDoes()
    {
        Nodes.Failed(Nodes.All[0], Failure(StatusCode.DeadlineExceeded));
        Nodes.Failed(Nodes.All[1], Failure(StatusCode.Unavailable)); // the client checks the health of this node at once
        await Eventually.HoldsAsync(() => !IsResting(1));
        IsResting(0).ShouldBeTrue();
        AskedForASignOfLife(0).ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(2.1));
        await Eventually.HoldsAsync(() => !IsResting(0));
    }

    private static QdrantException Failure(StatusCode code) => new("it failed", code);

    private bool IsResting(int node) => Nodes.IsResting(Nodes.All[node]);

    private bool AskedForASignOfLife(int node) => _cluster.Nodes[node].Calls.Any(call => call.Method == "Qdrant/HealthCheck");
}
