using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage;

[Covers(typeof(RedisJobQueue))]
public sealed class RedisJobQueueTests(RedisJobQueueTests.Fixture fixture) : RedisProtocolJobQueueTests, IClassFixture<RedisJobQueueTests.Fixture>
{
    [Fact]
    public async Task AnyCall_ServerRestartedInBetween_GoesOnWhereItWas()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.EnqueueAsync(Job(2), Cancellation);
        var leased = await LeaseAsync();
        await fixture.Server!.RestartAsync();

        await ReconnectedAsync();
        await Queue.CompleteAsync(leased, Cancellation);
        (await LeaseAsync()).Job.ShouldBe(Job(2));
        await DepthShouldBeAsync(waiting: 0, delayed: 0, running: 1, dead: 0);
    }

    protected override Task<string> ConnectionStringAsync()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        return Task.FromResult(fixture.Server!.ConnectionString);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RedisServer? Server { get; private set; }

        public async ValueTask InitializeAsync() =>
            Server = RedisServer.IsAvailable ? await RedisServer.StartAsync() : null;

        public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
