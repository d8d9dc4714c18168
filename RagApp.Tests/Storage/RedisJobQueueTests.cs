using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage;

[Covers(typeof(RedisJobQueue))]
public sealed class RedisJobQueueTests(SharedRedis redis) : RedisProtocolJobQueueTests, IClassFixture<SharedRedis>
{
    [Fact]
    public async Task AnyCall_ServerRestartedInBetween_GoesOnWhereItWas()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.EnqueueAsync(Job(2), Cancellation);
        var leased = await LeaseAsync();
        await redis.Server.RestartAsync();

        await ReconnectedAsync();
        await Queue.CompleteAsync(leased, Cancellation);
        (await LeaseAsync()).Job.ShouldBe(Job(2));
        await DepthShouldBeAsync(waiting: 0, delayed: 0, running: 1, dead: 0);
    }

    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.Server.ConnectionString);
}
