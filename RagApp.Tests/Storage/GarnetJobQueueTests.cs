using RagApp.Benchmarks.Services;
using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;

namespace RagApp.Tests.Storage;

/// <summary>The job queue on Garnet, the server that replaces Redis where containers are not available.</summary>
[Covers(typeof(RedisJobQueue))]
public sealed class GarnetJobQueueTests(EmbeddedRedis redis) : RedisProtocolJobQueueTests, IClassFixture<EmbeddedRedis>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.ConnectionString);
}
