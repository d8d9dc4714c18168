using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using RagApp.Benchmarks.Revocations;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Qdrant;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Benchmarks;

/// <summary>The revocation load reports no fault on a correct index, and reports the faults of a faulty one.</summary>
public sealed class RevocationsTests
{
    private static readonly AccessFilter Reader = AccessFilter.For(new Principal("acme", "alice", ["g1"], [], Region: null));

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task RunAsync_OnLucene_FindsNothing()
    {
        await using var index = IndexUnderTest.OnLucene();
        var tally = await RunAsync(index);
        (tally.LostWrites, tally.SeenChunks, tally.IsClean).ShouldBe((0, 0, true));
    }

    [Fact]
    public async Task RunAsync_OnTheStandIn_FindsNothingAndLeavesNothing()
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        server.Key = "a-key";
        await using (var index = IndexUnderTest.OnQdrant($"{server.Address}, {server.Address}", "a-key"))
        {
            var tally = await RunAsync(index);
            (tally.LostWrites, tally.SeenChunks, tally.IsClean).ShouldBe((0, 0, true));
        }
        server.Database.Names().ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_ThreeShardsWrittenOneAfterAnotherAndListsDoubled_FindsNothing()
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        var random = new Random(1);
        cluster.Database.BetweenShards = () => Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        cluster.Database.DoublesKeywordList = () => random.Next(4) == 0; // called while the database's lock is held
        await using var index = IndexUnderTest.OnQdrant(cluster.Addresses, "");

        var tally = await RunAsync(index);

        (tally.LostWrites, tally.SeenChunks, tally.Unexplained, tally.IsClean).ShouldBe((0, 0, 0, true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_NodeStopsOrFallsSilent_TheProductGoesOnAndOnlyThatAddressIsGone(bool stops)
    {
        await using var cluster = await QdrantCluster.StartAsync(3, Cancellation);
        await using var index = IndexUnderTest.OnQdrant(cluster.Addresses, "");
        var tally = await RunAsync(index, during: async tally =>
        {
            if (stops)
                await cluster.Nodes[2].StopAsync();
            else
                cluster.Nodes[2].FallSilent();
            var before = tally.FoundOf("as the product does");
            await Eventually.HoldsAsync(() => tally.ErrorsOf("at address 3 alone").Count > 0 && tally.FoundOf("as the product does") > before + 20);
        });

        (tally.LostWrites, tally.SeenChunks, tally.Unexplained, tally.IsClean).ShouldBe((0, 0, 0, true));
        tally.ErrorsOf("at address 3 alone").Keys.ShouldBeSubsetOf(["Qdrant Unavailable", "Qdrant DeadlineExceeded"]);
        foreach (var living in new[] { "as the product does", "at address 1 alone", "at address 2 alone" })
            tally.ErrorsOf(living).Keys.ShouldBeSubsetOf(["Qdrant DeadlineExceeded"], "a busy machine may take its time");
        tally.NotCompared.ShouldBe(["at address 3 alone"]);
    }

    [Fact]
    public async Task CompareAsync_NothingAnswers_CountsItAsLost()
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        await using var index = IndexUnderTest.OnQdrant(server.Address, "");
        var tally = await RunAsync(index, meanwhile: server.StopAsync);
        (tally.LostWrites, tally.IsClean).ShouldBe((1, false));
    }

    [Fact]
    public void Failed_ExceptionThatIsNoneOfTheIndex_FailsTheLoad()
    {
        var tally = new RevocationTally(_time);
        tally.Done(RevocationLoad.AccessChanges, TimeSpan.Zero);
        tally.Done($"{RevocationLoad.Searches} as the product does", TimeSpan.FromSeconds(3));
        tally.Failed($"{RevocationLoad.Searches} as the product does", TimeSpan.FromSeconds(4), new QdrantException("It does not answer.", StatusCode.Unavailable));
        (tally.IsClean, tally.SlowOf("as the product does"), tally.SlowOf("at address")).ShouldBe((true, 1, 0));

        tally.Failed($"{RevocationLoad.Searches} at address 1 alone", TimeSpan.Zero, new ArgumentException("The same key."));

        (tally.IsClean, tally.Unexplained).ShouldBe((false, 1));
        tally.ErrorsOf("as the product does").ShouldBe(new Dictionary<string, int> { ["Qdrant Unavailable"] = 1 });
        tally.ErrorsOf("at address 1 alone").ShouldBe(new Dictionary<string, int> { ["ArgumentException"] = 1 });
    }

    [Fact]
    public async Task RunAsync_RevocationsBesideALongWriteOnLucene_AreFoundByNoLaterSearch()
    {
        await using var index = IndexUnderTest.OnLucene();
        (await new RevocationTrials(index, trials: 2, chunksOfLongWrite: 300).RunAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_RevocationsBesideALongWriteOnTheStandIn_AreFoundByNoLaterSearch()
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        await using var index = IndexUnderTest.OnQdrant($"{server.Address}, {server.Address}", "");
        (await new RevocationTrials(index, trials: 2, chunksOfLongWrite: 300).RunAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task CompareAsync_AcknowledgedWritesAreGone_CountsThem()
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        await using var index = IndexUnderTest.OnQdrant(server.Address, "");
        var tally = await RunAsync(index, meanwhile: () => index.Writer.RemoveAsync("acme", [.. Enumerable.Range(0, 8).Select(number => $"doc000{number}")], Cancellation));
        tally.LostWrites.ShouldBeGreaterThan(0);
        tally.IsClean.ShouldBeFalse();
    }

    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--index", "other")]
    [InlineData("--minutes", "1")]
    [InlineData("--long-write", "0")]
    public async Task RunAsync_WrongUsage_EndsWith64(string option, string value) =>
        (await global::RagApp.Benchmarks.Program.Main(["revocations", option, value])).ShouldBe(64);

    [Fact]
    public void MayShow_RevokedDocument_OnlyInSearchesThatBeganBeforeTheAcknowledgement()
    {
        var document = new DocumentStates(_time);
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeFalse();
        document.Acknowledge(document.Begin(version: 1, chunks: 1, ["group:g1"]));
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeTrue();

        var before = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        document.Acknowledge(document.Begin(version: 1, chunks: 1, ["group:g2"]));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        document.MayShow(1, Reader, before).ShouldBeTrue();
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeFalse();
    }

    [Fact]
    public void Possible_FailedWrite_BothStatesUntilTheNextOneIsAcknowledged()
    {
        var document = new DocumentStates(_time);
        document.Acknowledge(document.Begin(version: 1, chunks: 1, ["group:g1"]));
        document.Begin(version: 0, chunks: 0, []); // this write is never acknowledged
        document.Possible.Select(state => state.Version).ShouldBe([1, 0]);
        _time.Advance(TimeSpan.FromMinutes(1));
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeTrue();

        document.Acknowledge(document.Begin(version: 2, chunks: 1, ["public"]));

        document.Possible.ShouldHaveSingleItem().Version.ShouldBe(2);
        document.HighestVersion.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(6));
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeFalse();
    }

    /// <summary>
    /// Runs the load on eight documents for one second, or until <paramref name="during"/> completes; then runs
    /// <paramref name="meanwhile"/> without the load's knowledge; then compares the index with the acknowledged writes.
    /// </summary>
    private static async Task<RevocationTally> RunAsync(IndexUnderTest index, Func<Task>? meanwhile = null, Func<RevocationTally, Task>? during = null)
    {
        var tally = new RevocationTally(TimeProvider.System);
        var load = new RevocationLoad(index, documentsPerWriter: 2, tally, TimeProvider.System);
        await load.FillAsync();
        using var end = new CancellationTokenSource();
        var running = load.RunAsync(end.Token);
        await Eventually.HoldsAsync(() => tally.HasSearched);
        await (during?.Invoke(tally) ?? Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation));
        await end.CancelAsync();
        await running;
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await load.CompareAsync(gracePeriod: TimeSpan.FromSeconds(5));
        return tally;
    }
}
