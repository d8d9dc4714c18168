using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>The circuit breaker: by itself, and between the pool and a server.</summary>
public sealed class CircuitTests
{
    private static readonly PauseRule Rule = new(Failures: 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(7));

    [Fact]
    public void Fail_InARow_OpensAtTheThresholdForPausesThatDouble()
    {
        var breaker = new CircuitBreaker("any");

        Fail(breaker, 0).ShouldBeNull();
        Fail(breaker, 0).ShouldBeNull();
        Fail(breaker, 0).ShouldBe(TimeSpan.FromSeconds(2));
        breaker.Admits(Seconds(1.9)).ShouldBeFalse();
        breaker.StateAt(Seconds(2)).ShouldBe(CircuitState.HalfOpen);
        Fail(breaker, 2).ShouldBe(TimeSpan.FromSeconds(4));
        Fail(breaker, 6).ShouldBe(TimeSpan.FromSeconds(7));
        Fail(breaker, 13).ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Succeed_InBetween_StartsTheCountAgain()
    {
        var breaker = new CircuitBreaker("any");
        Fail(breaker, 0);
        Fail(breaker, 0);

        breaker.Succeed(breaker.Enter());

        Fail(breaker, 0).ShouldBeNull();
        breaker.Admits(Seconds(0)).ShouldBeTrue();
    }

    [Fact]
    public void Admits_AfterThePause_OneProbeAtATime()
    {
        var breaker = Opened();

        var probe = breaker.Enter();
        breaker.Admits(Seconds(3)).ShouldBeFalse();
        breaker.Leave(probe);
        breaker.Admits(Seconds(3)).ShouldBeTrue();
        breaker.Succeed(breaker.Enter());

        breaker.StateAt(Seconds(3)).ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void Succeed_OfACallFromBeforeTheOpening_DoesNotClose()
    {
        var breaker = new CircuitBreaker("any");
        var early = breaker.Enter();
        for (var i = 0; i < 3; i++)
            Fail(breaker, 0);

        breaker.Succeed(early);

        breaker.StateAt(Seconds(1)).ShouldBe(CircuitState.Open);
    }

    [Fact]
    public void Follow_ShorterPauseThanItsOwn_KeepsItsOwn()
    {
        var breaker = Opened();

        breaker.Follow(TimeSpan.FromSeconds(1), ModelError.Unavailable, Seconds(0.5));
        breaker.PauseAt(Seconds(0.5)).ShouldBe(TimeSpan.FromSeconds(1.5));
        breaker.Follow(TimeSpan.FromSeconds(9), ModelError.Unavailable, Seconds(0.5));

        breaker.PauseAt(Seconds(0.5)).ShouldBe(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task GetResponse_DeploymentKeepsFailing_GetsNoCallsUntilAProbeSucceeds()
    {
        await using var first = await FakeModelProvider.StartAsync(Cancellation);
        await using var second = await FakeModelProvider.StartAsync(Cancellation);
        first.Behaviour = ProviderBehaviour.Failing;
        var time = new ShiftedTime();
        using var host = PoolHost.Start(time,
        [
            .. PoolHost.Deployment("first", first), .. PoolHost.Deployment("second", second, ("Tier", "1")),
            ("Models:Pool:FailuresToOpen", "2"), ("Models:Pool:Cooldown", "00:05:00"), ("Models:Pool:MaxCooldown", "00:05:00"),
        ]);

        for (var i = 0; i < 6; i++)
            (await host.AskAsync(Cancellation)).Text.ShouldBe(FakeModelProvider.Answer);
        first.Requests.Count.ShouldBe(2);

        first.Behaviour = ProviderBehaviour.Well;
        time.Forward(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 6; i++)
            await host.AskAsync(Cancellation);

        first.Requests.Count.ShouldBe(8);
        second.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task GetResponse_OnlyDeploymentIsOut_IsRefusedAtOnceWithTheTimeToWait()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        provider.Behaviour = ProviderBehaviour.Overloaded;
        using var host = PoolHost.Start(PoolHost.Deployment("only", provider));
        await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        var failure = await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        failure.Error.ShouldBe(ModelError.Unavailable);
        failure.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        provider.Requests.Count.ShouldBe(1);
    }

    private static CircuitBreaker Opened()
    {
        var breaker = new CircuitBreaker("any");
        for (var i = 0; i < 3; i++)
            Fail(breaker, 0);
        return breaker;
    }

    private static TimeSpan? Fail(CircuitBreaker breaker, double now) =>
        breaker.Fail(breaker.Enter(), ModelError.Unavailable, Rule, asked: null, Seconds(now));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
