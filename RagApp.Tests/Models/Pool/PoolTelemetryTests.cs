using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>The pool's metrics.</summary>
public sealed class PoolTelemetryTests
{
    [Fact]
    public async Task GetResponse_FailsOver_CountsAttemptsFailoverAndPause()
    {
        await using var first = await FakeModelProvider.StartAsync(Cancellation);
        await using var second = await FakeModelProvider.StartAsync(Cancellation);
        first.Behaviour = ProviderBehaviour.Overloaded;
        using var host = PoolHost.Start([.. PoolHost.Deployment("first", first), .. PoolHost.Deployment("second", second, ("Tier", "1"))]);
        using var attempts = Collect<long>(host, Telemetry.Metrics.Attempts);
        using var failovers = Collect<long>(host, Telemetry.Metrics.Failovers);
        using var cooldowns = Collect<long>(host, Telemetry.Metrics.Cooldowns);
        using var states = Collect<int>(host, Telemetry.Metrics.State);

        await host.AskAsync(Cancellation);

        attempts.GetMeasurementSnapshot().Select(measured => (measured.Tags[Telemetry.Tags.Deployment], measured.Tags[Telemetry.Tags.Outcome]))
            .ShouldBe([("first", "unavailable"), ("second", "answered")]);
        failovers.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Telemetry.Tags.Error].ShouldBe("unavailable");
        cooldowns.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Telemetry.Tags.Deployment].ShouldBe("first");
        states.RecordObservableInstruments();
        states.GetMeasurementSnapshot().ToDictionary(measured => (string)measured.Tags[Telemetry.Tags.Deployment]!, measured => measured.Value)
            .ShouldBe(new Dictionary<string, int> { ["first"] = (int)CircuitState.Open, ["second"] = (int)CircuitState.Closed }, ignoreOrder: true);
    }

    [Fact]
    public async Task GetStreamingResponse_ReaderLeavesEarly_IsCancelledAndEndsTheCall()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        provider.Behaviour = ProviderBehaviour.Stalls;
        using var host = PoolHost.Start(PoolHost.Deployment("only", provider));
        using var attempts = Collect<long>(host, Telemetry.Metrics.Attempts);

        await foreach (var update in host.Client().GetStreamingResponseAsync(PoolHost.Prompt, cancellationToken: Cancellation))
        {
            if (update.Text.Length > 0)
                break;
        }

        attempts.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Telemetry.Tags.Outcome].ShouldBe(Telemetry.Outcomes.Cancelled);
    }

    [Fact]
    public async Task Lease_Waits_MeasuresTheWait()
    {
        using var host = PoolHost.Start(PoolHost.Unused("only", ("RequestsPerMinute", "1200")));
        using var waits = Collect<double>(host, Telemetry.Metrics.Wait);
        for (var i = 0; i < 1210; i++)
            (await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(), 1, [], Cancellation))!.Dispose();

        var measured = waits.GetMeasurementSnapshot();
        measured.ShouldNotBeEmpty();
        measured.ShouldAllBe(wait => wait.Value > 0 && Equals(wait.Tags[Telemetry.Tags.Priority], "interactive"));
    }

    [Fact]
    public async Task Lease_Refused_CountsTheCause()
    {
        using var host = PoolHost.Start([.. PoolHost.Unused("only", ("RequestsPerMinute", "1")), ("Models:Pool:InteractiveWait", "00:00:00")]);
        using var refusals = Collect<long>(host, Telemetry.Metrics.Refusals);
        await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(), 1, [], Cancellation);

        await Should.ThrowAsync<ModelException>(async () => await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(), 1, [], Cancellation));

        refusals.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Telemetry.Tags.Cause].ShouldBe(Telemetry.Causes.TooLong);
    }

    private static MetricCollector<T> Collect<T>(PoolHost host, string metric)
        where T : struct =>
        new(host.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, metric);
}
