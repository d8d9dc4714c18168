using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Pauses that two replicas share through a server with Redis's protocol.</summary>
public abstract class SharedCooldownConformance : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private FakeModelProvider _provider = null!;
    private FakeModelProvider _other = null!;

    protected abstract Task<string> ConnectionStringAsync();

    public async ValueTask InitializeAsync()
    {
        _provider = await FakeModelProvider.StartAsync(Cancellation);
        _other = await FakeModelProvider.StartAsync(Cancellation);
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
        using var two = Start(redis, time: _time);
        await ConnectedAsync(one);
        await ConnectedAsync(two);
        var before = _provider.Requests.Count;
        _provider.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);

        await one.AskAsync(Cancellation);
        await SawAPauseAsync(two);
        for (var i = 0; i < 5; i++)
            (await two.AskAsync(Cancellation)).Text.ShouldBe(FakeModelProvider.Answer);

        (_provider.Requests.Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_OtherKeyOfTheSameDeployment_IsNotPaused()
    {
        var redis = await ConnectionStringAsync();
        using var one = Start(redis);
        using var witness = Start(redis, time: _time);
        using var two = Start(redis, key: "sk-another", time: _time);
        await ConnectedAsync(one);
        await ConnectedAsync(witness);
        await ConnectedAsync(two);
        _provider.BehaviourByKey["sk-first"] = ProviderBehaviour.RateLimited;

        await one.AskAsync(Cancellation);
        await SawAPauseAsync(witness);
        await two.AskAsync(Cancellation);

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

    /// <summary>Waits until a replica has read a pause of another; its clock makes its copy of the pauses too old each time.</summary>
    private Task SawAPauseAsync(PoolHost host) => Eventually.HoldsAsync(async () =>
    {
        _time.Forward(TimeSpan.FromSeconds(2));
        (await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(), 1, [], Cancellation))!.Dispose();
        return host.Pool.States().Any(state => state.State == CircuitState.Open);
    });

    private PoolHost Start(string redis, string key = "sk-first", TimeProvider? time = null) => PoolHost.Start(
        time ?? TimeProvider.System,
        [
            .. PoolHost.Deployment("first", _provider, ("ApiKey", key)), .. PoolHost.Deployment("second", _other, ("Tier", "1")),
            ("ConnectionStrings:redis", redis),
        ]);
}
