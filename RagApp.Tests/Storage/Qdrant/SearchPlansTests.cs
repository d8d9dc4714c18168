using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client;
using Qdrant.Client.Grpc;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Searching;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

public sealed class SearchPlansTests : IAsyncLifetime
{
    private static readonly QdrantFilter Filter = QdrantFilter.ForReader(AccessFilter.For(new Principal("acme", "alice", [], [], Region: null)));

    private readonly ShiftedTime _time = new();
    private QdrantStandIn _server = null!;
    private ServiceProvider _services = null!;

    private QdrantPoints Points => _services.GetRequiredService<QdrantPoints>();

    public async ValueTask InitializeAsync()
    {
        _server = await QdrantStandIn.StartAsync(Cancellation);
        _services = QdrantServices.Open(_server.Address, _time);
        var settings = CollectionLayout.For("m", dimension: 1, nodes: 1);
        settings.CollectionName = "c";
        var client = _services.GetRequiredService<QdrantClient>();
        await client.CreateUnlessThereAsync(settings, Cancellation);
        foreach (var field in CollectionLayout.Indexes.Keys)
            await client.CreateIndexAsync("c", field, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(SearchPlans.MostCompared, true)]
    [InlineData(SearchPlans.MostCompared + 1, false)]
    public async Task ChooseAsync_ByMatches_ComparesAllOrWalksTheGraph(int matches, bool compared)
    {
        await WriteAsync(matches);

        var plan = await new SearchPlans(Points, _time).ChooseAsync("c", Filter, Cancellation);

        (plan.HasExact && plan.Exact).ShouldBe(compared);
        (plan.Acorn is { Enable: true, MaxSelectivity: 1.0 }).ShouldBe(!compared);
        (plan.Quantization is { Rescore: true, Oversampling: 2.0 }).ShouldBe(!compared);
    }

    [Fact]
    public async Task ChooseAsync_SameFilterAgain_IsCountedOnceInTenSeconds()
    {
        var plans = new SearchPlans(Points, _time);
        await plans.ChooseAsync("c", Filter, Cancellation);

        await WriteAsync(SearchPlans.MostCompared + 1);
        _server.Calls.Clear();
        (await plans.ChooseAsync("c", Filter, Cancellation)).Exact.ShouldBeTrue();
        (await plans.ChooseAsync("c", Filter.And(QdrantCondition.Is(QdrantFields.Type, "pdf")), Cancellation)).Exact.ShouldBeFalse();
        _time.Forward(TimeSpan.FromSeconds(10));
        (await plans.ChooseAsync("c", Filter, Cancellation)).Exact.ShouldBeFalse();
        _server.Calls.Count.ShouldBe(2);
    }

    private Task WriteAsync(int count) => Points.UpsertAsync(
        "c",
        Enumerable.Range(0, count).Select(number => new PointStruct
        {
            Id = new Guid(number, 0, 0, new byte[8]),
            Vectors = new Vectors { Vectors_ = new NamedVectors() },
            Payload =
            {
                [QdrantFields.Tenant] = "acme",
                [QdrantFields.Access] = new Value { ListValue = new ListValue { Values = { "user:alice" } } },
                [QdrantFields.Live] = true,
                [QdrantFields.Type] = "pdf",
            },
        }),
        Cancellation);
}
