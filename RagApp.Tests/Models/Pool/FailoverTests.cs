using RagApp.Models.Errors;
using RagApp.Tests.TestServices.FakeProvider;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Models.Pool;

/// <summary>Failover between deployments and keys, against servers that play the providers.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private FakeModelProvider _first = null!;
    private FakeModelProvider _second = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _first = await FakeModelProvider.StartAsync(Stop);
        _second = await FakeModelProvider.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited))]
    [InlineData(nameof(ProviderBehaviour.WrongKey))]
    [InlineData(nameof(ProviderBehaviour.Failing))]
    [InlineData(nameof(ProviderBehaviour.Overloaded))]
    [InlineData(nameof(ProviderBehaviour.Silent))]
    [InlineData(nameof(ProviderBehaviour.Garbage))]
    public async Task GetResponse_FirstDeploymentFails_SecondAnswers(string behaviour)
    {
        _first.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();

        var answer = await host.AskAsync(Stop);

        answer.Text.ShouldBe(FakeModelProvider.Answer);
        _first.Requests.Count.ShouldBe(1);
        _second.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited))]
    [InlineData(nameof(ProviderBehaviour.Failing))]
    [InlineData(nameof(ProviderBehaviour.CutAtOnce))]
    [InlineData(nameof(ProviderBehaviour.Silent))]
    public async Task GetStreamingResponse_FailsBeforeTheFirstToken_SecondAnswersAsIfAlone(string behaviour)
    {
        _first.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Stop);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        _second.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.CutOff), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.EndsEarly), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.Stalls), ModelError.TimedOut)]
    [InlineData(nameof(ProviderBehaviour.GarbageMidway), ModelError.BadAnswer)]
    public async Task GetStreamingResponse_BreaksAfterTheFirstToken_ThrowsAndAsksNobodyElse(string behaviour, ModelError error)
    {
        _first.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();
        var pieces = new List<string>();

        var failure = await Should.ThrowAsync<ModelException>(() => host.ReadAsync(pieces, Stop, _first.MayCut));

        failure.Error.ShouldBe(error);
        string.Concat(pieces).ShouldBe("The capital");
        _second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetStreamingResponse_BreaksMidway_CountsAgainstTheDeployment()
    {
        _first.Behaviour = ProviderBehaviour.EndsEarly;
        using var host = Start(more: ("Models:Pool:FailuresToOpen", "1"));
        await Should.ThrowAsync<ModelException>(() => host.ReadAsync([], Stop));
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Stop);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        _first.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetStreamingResponse_TokensDripSlowly_IsTheWholeAnswer()
    {
        _first.Behaviour = ProviderBehaviour.SlowDrip;
        using var host = Start();
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Stop);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        _second.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.ContextExceeded), ModelError.ContextExceeded)]
    [InlineData(nameof(ProviderBehaviour.NoSuchModel), ModelError.Refused)]
    public async Task GetResponse_RequestItselfIsRefused_AsksNobodyElse(string behaviour, ModelError error)
    {
        _first.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();

        (await Should.ThrowAsync<ModelException>(() => host.AskAsync(Stop))).Error.ShouldBe(error);

        _second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponse_AllFail_IsTheLastFailureWithoutTheKeys()
    {
        _first.Behaviour = ProviderBehaviour.Failing;
        _second.Behaviour = ProviderBehaviour.WrongKey;
        using var host = Start();

        var failure = await Should.ThrowAsync<ModelException>(() => host.AskAsync(Stop));

        failure.Error.ShouldBe(ModelError.Unauthorized);
        failure.ToString().ShouldNotContain("sk-");
        failure.ToString().ShouldNotContain("hexagon");
    }

    [Fact]
    public async Task GetResponse_OneOfTwoKeysIsRefused_OtherKeyAnswersAndTheRefusedOneRests()
    {
        _first.BehaviourByKey["sk-bad"] = ProviderBehaviour.WrongKey;
        using var host = PoolHost.Start(
        [
            (PoolHost.Key("only", "Provider"), "openai"), (PoolHost.Key("only", "Endpoint"), _first.Endpoint.ToString()),
            (PoolHost.Key("only", "Keys:0"), "sk-bad"), (PoolHost.Key("only", "Keys:1"), "sk-good"),
            ("Models:Pool:Cooldown", "00:01:00"),
        ]);

        for (var i = 0; i < 20; i++)
            (await host.AskAsync(Stop, PoolHost.Caller($"tenant-{i}"))).Text.ShouldBe(FakeModelProvider.Answer);

        _first.Keys.Count(key => key == "sk-good").ShouldBe(20);
        _first.Keys.Count(key => key == "sk-bad").ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_MoreDeploymentsThanAttempts_StopsAtTheLimit()
    {
        _first.Behaviour = ProviderBehaviour.Failing;
        using var host = PoolHost.Start(
        [
            .. Enumerable.Range(0, 6).SelectMany(number => PoolHost.Deployment($"d{number}", _first, ("ApiKey", $"sk-{number}"))),
            ("Models:Pool:MaxAttempts", "2"), ("Models:Pool:FailuresToOpen", "100"),
        ]);

        await Should.ThrowAsync<ModelException>(() => host.AskAsync(Stop));

        _first.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GetResponse_CallerGoesAway_IsCancelledAndAsksNobodyElse()
    {
        _first.Behaviour = ProviderBehaviour.Silent;
        using var host = Start(timeout: "00:01:00");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var answer = host.AskAsync(caller.Token);
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        _second.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_SlowAndHedged_SecondAnswersAndTheFirstIsCancelled(bool streamed)
    {
        _first.Hold = new TaskCompletionSource();
        using var host = Start(timeout: "00:01:00", ("Models:Pool:HedgeAfter", "00:00:00.200"));
        var pieces = new List<string>();

        if (streamed)
            await host.ReadAsync(pieces, Stop);
        else
            pieces.Add((await host.AskAsync(Stop)).Text);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        _second.Requests.Count.ShouldBe(1);
        _first.Requests.Count.ShouldBe(1);
    }

    /// <summary>The first server in tier 0 and the second in tier 1.</summary>
    private PoolHost Start(string timeout = "00:00:02", params (string Key, string Value)[] more) => PoolHost.Start(
    [
        .. PoolHost.Deployment("first", _first, ("Timeout", timeout)),
        .. PoolHost.Deployment("second", _second, ("Timeout", timeout), ("Tier", "1")),
        .. more,
    ]);
}
