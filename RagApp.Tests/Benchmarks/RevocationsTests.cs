using Microsoft.Extensions.Time.Testing;
using RagApp.Benchmarks.Revocations;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Tests.TestServices.Qdrant;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Benchmarks;

/// <summary>The load with revocations finds nothing wrong with an index that is right, and finds what is wrong.</summary>
public sealed class RevocationsTests
{
    private static readonly AccessFilter Reader = AccessFilter.For(new Principal("acme", "alice", ["g1"], [], Region: null));

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        (await RevocationsCommand.RunAsync([option, value])).ShouldBe(64);

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
        document.Begin(version: 0, chunks: 0, []); // its end is unknown
        document.Possible.Select(state => state.Version).ShouldBe([1, 0]);
        _time.Advance(TimeSpan.FromMinutes(1));
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeTrue();

        document.Acknowledge(document.Begin(version: 2, chunks: 1, ["public"]));

        document.Possible.ShouldHaveSingleItem().Version.ShouldBe(2);
        document.HighestVersion.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(6));
        document.MayShow(1, Reader, _time.GetTimestamp()).ShouldBeFalse();
    }

    /// <summary>A second of load on eight documents, something behind its back, and the comparison.</summary>
    private static async Task<RevocationTally> RunAsync(IndexUnderTest index, Func<Task>? meanwhile = null)
    {
        var tally = new RevocationTally(TimeProvider.System);
        var load = new RevocationLoad(index, documentsPerWriter: 2, tally, TimeProvider.System);
        await load.RunAsync(TimeSpan.FromSeconds(1));
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await load.CompareAsync();
        return tally;
    }
}
