using RagApp.Models.Pool;

namespace RagApp.Tests.Models.Pool;

/// <summary>The choice of the deployment.</summary>
public sealed class PickingTests
{
    [Fact]
    public async Task Lease_LowerTierHasRoom_IsOfTheLowerTier()
    {
        using var host = PoolHost.Start([.. PoolHost.Unused("reserve", ("Tier", "1")), .. PoolHost.Unused("first", ("RequestsPerMinute", "3"))]);

        var leased = await LeaseAsync(host, count: 5);

        leased.ShouldBe(["first", "first", "first", "reserve", "reserve"]);
    }

    [Fact]
    public async Task Lease_SameTenantOneAfterTheOther_StaysWithOneDeployment()
    {
        using var host = PoolHost.Start([.. Enumerable.Range(0, 5).SelectMany(number => PoolHost.Unused($"d{number}"))]);

        var leased = await LeaseAsync(host, count: 20);

        leased.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Lease_ManyTenants_FollowTheWeights()
    {
        using var host = PoolHost.Start([.. PoolHost.Unused("heavy", ("Weight", "3")), .. PoolHost.Unused("light")]);

        var leased = new List<string>();
        for (var i = 0; i < 400; i++)
            leased.AddRange(await LeaseAsync(host, count: 1, tenant: $"tenant-{i}"));

        leased.Count(name => name == "heavy").ShouldBeInRange(260, 340);
    }

    [Fact]
    public async Task Lease_ManyRunningCalls_SpreadByLoadAndWeight()
    {
        using var host = PoolHost.Start([.. PoolHost.Unused("heavy", ("Weight", "3")), .. PoolHost.Unused("light")]);

        var running = new List<DeploymentLease>();
        for (var i = 0; i < 40; i++)
            running.Add((await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(), tokens: 100, [], Cancellation))!);

        running.Count(lease => lease.Deployment.Name == "heavy").ShouldBe(30);
    }

    [Fact]
    public async Task Lease_LimitOfOneMostlyUsed_IsOfTheOther()
    {
        using var host = PoolHost.Start([.. PoolHost.Unused("small", ("TokensPerMinute", "1000")), .. PoolHost.Unused("large", ("TokensPerMinute", "100000"))]);

        var leased = await LeaseAsync(host, count: 30, tokens: 500);

        leased.Count(name => name == "small").ShouldBeLessThanOrEqualTo(2);
        leased.Count(name => name == "large").ShouldBeGreaterThanOrEqualTo(28);
    }

    [Fact]
    public async Task Lease_AllExcluded_IsNone()
    {
        using var host = PoolHost.Start([.. PoolHost.Unused("one"), .. PoolHost.Unused("two")]);
        var tried = new List<DeploymentLease>();
        while (await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(), tokens: 1, tried, Cancellation) is { } lease)
            tried.Add(lease);

        tried.Select(lease => lease.Deployment.Name).ShouldBe(["one", "two"], ignoreOrder: true);
    }

    /// <summary>Names of the deployments leased one after the other.</summary>
    private static async Task<List<string>> LeaseAsync(PoolHost host, int count, string tenant = "acme", long tokens = 100)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var lease = await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(tenant), tokens, [], Cancellation);
            names.Add(lease!.Deployment.Name);
            lease.Succeeded();
        }
        return names;
    }
}
