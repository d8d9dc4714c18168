using RagApp.Models.Errors;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Models.Pool;

/// <summary>Pauses that two replicas share through a server with Redis's protocol.</summary>
public abstract class SharedCooldownConformance : IAsyncLifetime
{
    private FakeModelProvider _provider = null!;
    private FakeModelProvider _other = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract Task<string> ConnectionStringAsync();

    public async ValueTask InitializeAsync()
    {
        _provider = await FakeModelProvider.StartAsync(Stop);
        _other = await FakeModelProvider.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _provider.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited))]
    [InlineData(nameof(ProviderBehaviour.Overloaded))]
    public async Task GetResponse_OneReplicaSawAFailure_OtherReplicaKeepsAwayToo(string behaviour)
    {
        var redis = await ConnectionStringAsync();
        using var one = Start(redis);
        using var two = Start(redis);
        await ConnectedAsync(one);
        await ConnectedAsync(two);
        var before = _provider.Requests.Count;
        _provider.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);

        await one.AskAsync(Stop);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System, Stop); // the age of the local copy
        for (var i = 0; i < 5; i++)
            (await two.AskAsync(Stop)).Text.ShouldBe(FakeModelProvider.Answer);

        (_provider.Requests.Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_OtherKeyOfTheSameDeployment_IsNotPaused()
    {
        var redis = await ConnectionStringAsync();
        using var one = Start(redis);
        using var two = Start(redis, key: "sk-another");
        await ConnectedAsync(one);
        await ConnectedAsync(two);
        _provider.BehaviourByKey["sk-first"] = ProviderBehaviour.RateLimited;

        await one.AskAsync(Stop);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System, Stop);
        await two.AskAsync(Stop);

        _provider.Keys.Last().ShouldBe("sk-another");
    }

    /// <summary>Waits until a replica reads the shared pauses: its first calls do not wait for the connection.</summary>
    private static async Task ConnectedAsync(PoolHost host)
    {
        var shared = host.Pool.Services.Cooldowns.ShouldNotBeNull();
        var id = Guid.NewGuid().ToString("N");
        await Eventually.HoldsAsync(async () =>
        {
            shared.Announce(id, ModelError.Unavailable, TimeSpan.FromMinutes(1));
            return (await shared.ReadAsync([id])).Count == 1;
        });
    }

    private PoolHost Start(string redis, string key = "sk-first") => PoolHost.Start(
    [
        .. PoolHost.Deployment("first", _provider, ("ApiKey", key)), .. PoolHost.Deployment("second", _other, ("Tier", "1")),
        ("ConnectionStrings:redis", redis),
    ]);
}
