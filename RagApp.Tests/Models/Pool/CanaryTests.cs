using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices.FakeProvider;
using BudgetTelemetry = RagApp.Models.Budgets.Telemetry;

namespace RagApp.Tests.Models.Pool;

/// <summary>The trial of another model for a share of the calls.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private FakeModelProvider _usual = null!;
    private FakeModelProvider _tried = null!;

    public async ValueTask InitializeAsync()
    {
        _usual = await FakeModelProvider.StartAsync(Cancellation);
        _tried = await FakeModelProvider.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _usual.DisposeAsync();
        await _tried.DisposeAsync();
    }

    [Fact]
    public async Task GetResponse_ShareOfTenants_GetTheTriedModelAlways()
    {
        using var host = Start(("Share", "0.3"));

        for (var round = 1; round <= 2; round++)
        {
            for (var i = 0; i < 60; i++)
                await host.AskAsync(Cancellation, PoolHost.Caller($"tenant-{i}"));
            _tried.Requests.Count.ShouldBeInRange(9 * round, 27 * round);
        }

        (_tried.Requests.Count % 2).ShouldBe(0);
        (_tried.Requests.Count + _usual.Requests.Count).ShouldBe(120);
    }

    [Fact]
    public async Task GetResponse_ShareOfRequests_SplitsTheCallsOfATenant()
    {
        using var host = Start(("Share", "0.5"), ("Of", "requests"));

        for (var i = 0; i < 60; i++)
            await host.AskAsync(Cancellation);

        _tried.Requests.Count.ShouldBeInRange(10, 50);
    }

    [Fact]
    public async Task GetResponse_TriedModelFails_UsualOneAnswersAndTheTrialEnds()
    {
        _tried.Behaviour = ProviderBehaviour.NoSuchModel;
        using var host = Start(("Share", "1"), ("MinCalls", "5"));
        using var ended = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.TrialEnds);

        for (var i = 0; i < 12; i++)
            (await host.AskAsync(Cancellation)).Text.ShouldBe(FakeModelProvider.Answer);

        _tried.Requests.Count.ShouldBe(5);
        _usual.Requests.Count.ShouldBe(12);
        ended.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Telemetry.Tags.Cause].ShouldBe(Telemetry.TrialEnds.Errors);
    }

    [Fact]
    public async Task GetResponse_Tried_IsChargedToTheModelThatAnswersAtItsOwnPrice()
    {
        using var host = Start(
            ("Share", "1"), (":Models:Chat:main:InputPrice", "1"), (":Models:Chat:main:OutputPrice", "1"),
            (":Models:Chat:other:InputPrice", "1000"), (":Models:Chat:other:OutputPrice", "1000"));
        using var costs = new MetricCollector<double>(host.Services.GetRequiredService<IMeterFactory>(), BudgetTelemetry.Name, BudgetTelemetry.Metrics.Cost);

        await host.AskAsync(Cancellation);
        _tried.Behaviour = ProviderBehaviour.NoSuchModel;
        await host.AskAsync(Cancellation);

        var charged = costs.GetMeasurementSnapshot();
        charged.Select(cost => cost.Tags[BudgetTelemetry.Tags.Model]).ShouldBe(["other", "main"], "a trial that fails costs nothing");
        charged[0].Value.ShouldBe(1000 * charged[1].Value, 1e-9);
        charged[1].Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task GetResponse_TriedModelIsMuchSlower_TrialEnds()
    {
        _tried.Pause = TimeSpan.FromSeconds(1);
        using var host = Start(("Share", "0.5"), ("Of", "requests"), ("MinCalls", "5"), ("MaxSlowdown", "2"));
        using var ended = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.TrialEnds);
        for (var i = 0; i < 5; i++)
            await host.AskAsync(Cancellation); // opens connections

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.AskAsync(Cancellation)));
        for (var i = 0; i < 5; i++)
            await host.AskAsync(Cancellation);

        ended.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Telemetry.Tags.Cause].ShouldBe(Telemetry.TrialEnds.Latency);
    }

    [Fact]
    public async Task Change_TrialThatEndedConfiguredAnew_BeginsAgain()
    {
        _tried.Behaviour = ProviderBehaviour.NoSuchModel;
        using var host = Start(("Share", "1"), ("MinCalls", "5"));
        for (var i = 0; i < 6; i++)
            await host.AskAsync(Cancellation);
        _tried.Behaviour = ProviderBehaviour.Well;

        host.Change(("Models:Chat:other:Deployments:only:Weight", "2"));
        await host.AskAsync(Cancellation);
        _tried.Requests.Count.ShouldBe(5);
        host.Change(("Models:Chat:main:Canary:MinCalls", "6"));
        await host.AskAsync(Cancellation);

        _tried.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("Model", "main", "Models:Chat:main:Canary:Model names no other entry")]
    [InlineData("Model", "", "Models:Chat:main:Canary:Model is missing")]
    [InlineData("Share", "2", "Models:Chat:main:Canary:Share lies between 0 and 1.")]
    [InlineData("Of", "people", "Models:Chat:main:Canary:Of is tenants or requests.")]
    public void Start_WrongTrial_NamesTheKey(string key, string value, string message) =>
        Should.Throw<OptionsValidationException>(() => Start((key, value)).Models.Model).Message.ShouldContain(message);

    [Fact]
    public void Start_TriedModelReadsLess_IsRefused() =>
        Should.Throw<OptionsValidationException>(() => Start(("Share", "1"), (":Models:Chat:other:MaxContextTokens", "4096")).Models.Model)
            .Message.ShouldContain("Models:Chat:main:Canary:Model names an entry with a smaller");

    /// <param name="trial">Settings of the trial; a key that begins with a colon is a whole one.</param>
    private PoolHost Start(params (string Key, string Value)[] trial) => PoolHost.Start(
    [
        .. PoolHost.Deployment("only", _usual),
        .. PoolHost.Deployment("only", _tried).Select(setting => (setting.Key.Replace(":main:", ":other:", StringComparison.Ordinal), setting.Value)),
        ("Models:DefaultChat", "main"), ("Models:Chat:main:Canary:Model", "other"),
        .. trial.Select(setting => (setting.Key[0] == ':' ? setting.Key[1..] : $"Models:Chat:main:Canary:{setting.Key}", setting.Value)),
    ]);
}
