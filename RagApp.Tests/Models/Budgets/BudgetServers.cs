using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;
using Xunit;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Budgets on Garnet, the server that replaces Redis where containers are not available.</summary>
public sealed class GarnetBudgetTests(EmbeddedRedis redis) : BudgetConformance, IClassFixture<EmbeddedRedis>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.ConnectionString);
}

/// <summary>Budgets on a real Redis server.</summary>
public sealed class RedisBudgetTests(RedisBudgetTests.Fixture fixture) : BudgetConformance, IClassFixture<RedisBudgetTests.Fixture>
{
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
