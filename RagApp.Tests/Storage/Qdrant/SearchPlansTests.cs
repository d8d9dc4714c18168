using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

public sealed class SearchPlansTests
{
    private static readonly QdrantFilter Filter = QdrantFilter.ForReader(AccessFilter.For(new Principal("acme", "alice", [], [], Region: null)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, true)]
    [InlineData(SearchPlans.MostCompared, true)]
    [InlineData(SearchPlans.MostCompared + 1, false)]
    public async Task ChooseAsync_ByMatches_ComparesAllOrWalksTheGraph(int matches, bool compared)
    {
        await using var server = await CountingAsync(() => matches);
        using var transport = Transport(server, new ShiftedTime());

        var plan = await new SearchPlans(new QdrantClient(transport), TimeProvider.System).ChooseAsync("c", Filter, Cancellation);

        plan.Exact.ShouldBe(compared ? true : null);
        plan.Acorn?.MaxSelectivity.ShouldBe(1.0);
        (plan.Quantization is { Rescore: true, Oversampling: 2.0 }).ShouldBe(!compared);
    }

    [Fact]
    public async Task ChooseAsync_SameFilterAgain_IsCountedOnceInTenSeconds()
    {
        var matches = 1;
        var time = new ShiftedTime();
        await using var server = await CountingAsync(() => matches);
        using var transport = Transport(server, time);
        var plans = new SearchPlans(new QdrantClient(transport), time);
        await plans.ChooseAsync("c", Filter, Cancellation);

        matches = SearchPlans.MostCompared + 1;
        (await plans.ChooseAsync("c", Filter, Cancellation)).Exact.ShouldBe(true);
        (await plans.ChooseAsync("c", Filter.And(QdrantCondition.Is(QdrantFields.Type, "pdf")), Cancellation)).Exact.ShouldBeNull();
        time.Forward(TimeSpan.FromSeconds(10));
        (await plans.ChooseAsync("c", Filter, Cancellation)).Exact.ShouldBeNull();
        server.Requests.Count.ShouldBe(3);
    }

    private static Task<StubService> CountingAsync(Func<int> matches) => StubService.StartAsync(
        context => context.Response.WriteAsync($$"""{"result":{"count":{{matches()}}},"status":"ok","time":0}""", Cancellation), Cancellation);

    private static QdrantTransport Transport(StubService server, TimeProvider time) =>
        new(Options.Create(new QdrantOptions { Endpoint = server.Address }), time, NullLogger<QdrantTransport>.Instance);
}
