using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Budgets on Garnet, the server that replaces Redis where containers are not available.</summary>
public sealed class GarnetBudgetTests(EmbeddedRedis redis) : BudgetConformance, IClassFixture<EmbeddedRedis>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.ConnectionString);
}

/// <summary>Budgets on a real Redis server.</summary>
public sealed class RedisBudgetTests(SharedRedis redis) : BudgetConformance, IClassFixture<SharedRedis>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(redis.Server.ConnectionString);
}
