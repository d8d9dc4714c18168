using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using Xunit;

namespace RagApp.Tests.Storage;

/// <summary>The queue on the server that stands in for Redis where there are no containers.</summary>
[Covers(typeof(RedisJobQueue))]
public sealed class GarnetJobQueueTests(EmbeddedRedis redis) : RedisProtocolJobQueueTests, IClassFixture<EmbeddedRedis>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.ConnectionString);
}
