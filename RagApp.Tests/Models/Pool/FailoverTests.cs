using RagApp.Models.Errors;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Failover between deployments and keys, against servers that play the providers.</summary>
public sealed class FailoverTests : TwoProviders
{
    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited))]
    [InlineData(nameof(ProviderBehaviour.WrongKey))]
    [InlineData(nameof(ProviderBehaviour.Failing))]
    [InlineData(nameof(ProviderBehaviour.Overloaded))]
    [InlineData(nameof(ProviderBehaviour.Silent))]
    [InlineData(nameof(ProviderBehaviour.Garbage))]
    public async Task GetResponse_FirstDeploymentFails_SecondAnswers(string behaviour)
    {
        First.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();

        var answer = await host.AskAsync(Cancellation);

        answer.Text.ShouldBe(FakeModelProvider.Answer);
        First.Requests.Count.ShouldBe(1);
        Second.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited))]
    [InlineData(nameof(ProviderBehaviour.Failing))]
    [InlineData(nameof(ProviderBehaviour.CutAtOnce))]
    [InlineData(nameof(ProviderBehaviour.Silent))]
    public async Task GetStreamingResponse_FailsBeforeTheFirstToken_SecondAnswersAsIfAlone(string behaviour)
    {
        First.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Cancellation);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        Second.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.CutOff), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.EndsEarly), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.Stalls), ModelError.TimedOut)]
    [InlineData(nameof(ProviderBehaviour.GarbageMidway), ModelError.BadAnswer)]
    public async Task GetStreamingResponse_BreaksAfterTheFirstToken_ThrowsAndAsksNobodyElse(string behaviour, ModelError error)
    {
        First.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();
        var pieces = new List<string>();

        var failure = await Should.ThrowAsync<ModelException>(() => host.ReadAsync(pieces, Cancellation, First.MayCut));

        failure.Error.ShouldBe(error);
        string.Concat(pieces).ShouldBe("The capital is");
        Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetStreamingResponse_BreaksMidway_CountsAgainstTheDeployment()
    {
        First.Behaviour = ProviderBehaviour.EndsEarly;
        using var host = Start(more: ("Models:Pool:FailuresToOpen", "1"));
        await Should.ThrowAsync<ModelException>(() => host.ReadAsync([], Cancellation));
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Cancellation);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        First.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetStreamingResponse_TokensDripSlowly_IsTheWholeAnswer()
    {
        First.Behaviour = ProviderBehaviour.SlowDrip;
        using var host = Start();
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Cancellation);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        Second.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.ContextExceeded), ModelError.ContextExceeded)]
    [InlineData(nameof(ProviderBehaviour.NoSuchModel), ModelError.Refused)]
    public async Task GetResponse_RequestItselfIsRefused_AsksNobodyElse(string behaviour, ModelError error)
    {
        First.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();

        (await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation))).Error.ShouldBe(error);

        Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponse_AllFail_IsTheLastFailureWithoutTheKeys()
    {
        First.Behaviour = ProviderBehaviour.Failing;
        Second.Behaviour = ProviderBehaviour.WrongKey;
        using var host = Start();

        var failure = await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        failure.Error.ShouldBe(ModelError.Unauthorized);
        failure.ToString().ShouldNotContain("sk-");
        failure.ToString().ShouldNotContain("hexagon");
    }

    [Fact]
    public async Task GetResponse_OneOfTwoKeysIsRefused_OtherKeyAnswersAndTheRefusedOneRests()
    {
        First.BehaviourByKey["sk-bad"] = ProviderBehaviour.WrongKey;
        using var host = PoolHost.Start(
        [
            (PoolHost.Key("only", "Provider"), "openai"), (PoolHost.Key("only", "Endpoint"), First.Endpoint.ToString()),
            (PoolHost.Key("only", "Keys:0"), "sk-bad"), (PoolHost.Key("only", "Keys:1"), "sk-good"),
            ("Models:Pool:Cooldown", "00:01:00"),
        ]);

        for (var i = 0; i < 20; i++)
            (await host.AskAsync(Cancellation, PoolHost.Caller($"tenant-{i}"))).Text.ShouldBe(FakeModelProvider.Answer);

        First.Keys.Count(key => key == "sk-good").ShouldBe(20);
        First.Keys.Count(key => key == "sk-bad").ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_MoreDeploymentsThanAttempts_StopsAtTheLimit()
    {
        First.Behaviour = ProviderBehaviour.Failing;
        using var host = PoolHost.Start(
        [
            .. Enumerable.Range(0, 6).SelectMany(number => PoolHost.Deployment($"d{number}", First, ("ApiKey", $"sk-{number}"))),
            ("Models:Pool:MaxAttempts", "2"), ("Models:Pool:FailuresToOpen", "100"),
        ]);

        await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        First.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GetResponse_CallerGoesAway_IsCancelledAndAsksNobodyElse()
    {
        First.Behaviour = ProviderBehaviour.Silent;
        using var host = Start(timeout: "00:01:00");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var answer = host.AskAsync(caller.Token);
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        Second.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_SlowAndHedged_SecondAnswersAndTheFirstIsCancelled(bool streamed)
    {
        First.Hold = new TaskCompletionSource();
        using var host = Start(timeout: "00:01:00", ("Models:Pool:HedgeAfter", "00:00:00.200"));
        var pieces = new List<string>();

        if (streamed)
            await host.ReadAsync(pieces, Cancellation);
        else
            pieces.Add((await host.AskAsync(Cancellation)).Text);

        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
        Second.Requests.Count.ShouldBe(1);
        First.Requests.Count.ShouldBe(1);
    }

    /// <summary>The first server in tier 0 and the second in tier 1.</summary>
    private PoolHost Start(string timeout = "00:00:02", params (string Key, string Value)[] more) => PoolHost.Start(
    [
        .. PoolHost.Deployment("first", First, ("Timeout", timeout)),
        .. PoolHost.Deployment("second", Second, ("Timeout", timeout), ("Tier", "1")),
        .. more,
    ]);
}
