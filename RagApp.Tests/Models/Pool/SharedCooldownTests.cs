using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Shared pauses on Garnet.</summary>
public sealed class GarnetCooldownTests(EmbeddedRedis redis) : SharedCooldownConformance, IClassFixture<EmbeddedRedis>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.ConnectionString);
}

/// <summary>Shared pauses on redis-server.</summary>
public sealed class RedisCooldownTests : SharedCooldownConformance, IAsyncDisposable
{
    private RedisServer? _server;

    protected override async Task<string> ConnectionStringAsync()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        _server = await RedisServer.StartAsync();
        return _server.ConnectionString;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}

/// <summary>Replicas without a Redis that answers.</summary>
public sealed class AloneCooldownTests
{
    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1:1,abortConnect=false,connectTimeout=500")]
    public async Task GetResponse_RedisIsAway_WorksAlone(string redis)
    {
        await using var first = await FakeModelProvider.StartAsync(Cancellation);
        await using var second = await FakeModelProvider.StartAsync(Cancellation);
        first.Behaviour = ProviderBehaviour.Overloaded;
        using var host = PoolHost.Start(
        [
            .. PoolHost.Deployment("first", first), .. PoolHost.Deployment("second", second, ("Tier", "1")), ("ConnectionStrings:redis", redis),
        ]);

        for (var i = 0; i < 10; i++)
            (await host.AskAsync(Cancellation)).Text.ShouldBe(FakeModelProvider.Answer);

        first.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_RedisGoesAway_WorksAlone()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        PoolHost host;
        await using (var redis = await RedisServer.StartAsync())
        {
            host = PoolHost.Start([.. PoolHost.Deployment("only", provider), ("ConnectionStrings:redis", redis.ConnectionString)]);
            await host.AskAsync(Cancellation);
        }
        using (host)
        {
            for (var i = 0; i < 10; i++)
                (await host.AskAsync(Cancellation)).Text.ShouldBe(FakeModelProvider.Answer);
        }
    }
}
