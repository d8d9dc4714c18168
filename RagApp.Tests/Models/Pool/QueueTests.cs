using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using RagApp.Models;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Requests that wait for a deployment below its limit.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task GetResponse_ProviderReportsALowLimit_WaitsInsteadOfBeingRefused()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        var limits = provider.Limits["sk-only"] = new FakeLimits(requestsPerMinute: 1200, tokensPerMinute: 100_000_000, TimeProvider.System);
        limits.Use(requests: 1190, tokens: 0);
        using var host = PoolHost.Start(PoolHost.Deployment("only", provider));
        await host.AskAsync(Cancellation); // its headers tell what is left

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => host.AskAsync(Cancellation, PoolHost.Caller($"tenant-{number}"))));

        answers.ShouldAllBe(answer => answer.Text == FakeModelProvider.Answer);
        provider.Throttled.ShouldBe(0);
    }

    [Fact]
    public async Task GetResponse_LimitIsUsedUpByOthers_WaitsOutThePauseAfterOneRefusal()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        var limits = provider.Limits["sk-only"] = new FakeLimits(requestsPerMinute: 600, tokensPerMinute: 100_000_000, TimeProvider.System);
        using var host = PoolHost.Start(PoolHost.Deployment("only", provider));
        using var attempts = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.Attempts);
        await host.AskAsync(Cancellation);
        limits.Use(requests: 620, tokens: 0); // for two seconds
        var first = host.AskAsync(Cancellation);
        await attempts.WaitForMeasurementsAsync(2, Cancellation); // the refusal is known

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.AskAsync(Cancellation)).Append(first));

        answers.ShouldAllBe(answer => answer.Text == FakeModelProvider.Answer);
        provider.Throttled.ShouldBe(1);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(20, false)]
    public async Task Lease_CallerWithItsOwnDeadline_WaitsNoLonger(int seconds, bool refused)
    {
        using var host = Start();
        await UseUpAsync(host);

        var lease = LeaseAsync(host, PoolHost.Caller() with { MaxWait = TimeSpan.FromSeconds(seconds) }, tokens: 400);

        if (refused)
            (await Should.ThrowAsync<ModelException>(() => lease)).Error.ShouldBe(ModelError.Busy);
        else
            (await lease).Dispose();
    }

    [Fact]
    public async Task Lease_WaitLongerThanAllowed_Is503WithTheTimeToWait()
    {
        using var host = Start(("Models:Pool:InteractiveWait", "00:00:05"));
        await UseUpAsync(host);

        var refusal = await Should.ThrowAsync<ModelException>(() => LeaseAsync(host, PoolHost.Caller(), tokens: 1000));

        refusal.Error.ShouldBe(ModelError.Busy);
        ((int)refusal.Status).ShouldBe(503);
        refusal.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Lease_QueueIsFull_Is503()
    {
        using var host = Start(("Models:Pool:MaxWaiting", "2"), ("Models:Pool:InteractiveWait", "00:05:00"));
        await UseUpAsync(host);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = Enumerable.Range(0, 2).Select(_ => LeaseAsync(host, PoolHost.Caller(), tokens: 1000, stop.Token)).ToArray();

        var refusal = await Should.ThrowAsync<ModelException>(() => LeaseAsync(host, PoolHost.Caller(), tokens: 1000));

        refusal.Error.ShouldBe(ModelError.Busy);
        refusal.RetryAfter.ShouldNotBeNull();
        await stop.CancelAsync();
        foreach (var one in waiting)
            await Should.ThrowAsync<OperationCanceledException>(() => one);
    }

    [Fact]
    public async Task Lease_WaitingCallersGoAway_LeaveTheQueue()
    {
        using var host = Start(("Models:Pool:MaxWaiting", "1"), ("Models:Pool:InteractiveWait", "00:05:00"));
        await UseUpAsync(host);

        for (var i = 0; i < 3; i++)
        {
            using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var lease = LeaseAsync(host, PoolHost.Caller(), tokens: 1000, caller.Token);
            await caller.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => lease);
        }
    }

    [Fact]
    public async Task Lease_InteractiveAndBulkWait_InteractiveFirstAndTenantsInTurn()
    {
        using var host = Start(("Models:Pool:InteractiveWait", "00:05:00"), ("Models:Pool:BulkWait", "00:05:00"));
        await UseUpAsync(host);
        var order = new ConcurrentQueue<string>();

        await Task.WhenAll(
            WaitAsync(host, "bulk", ModelPriority.Bulk, order),
            WaitAsync(host, "a", ModelPriority.Interactive, order),
            WaitAsync(host, "a", ModelPriority.Interactive, order),
            WaitAsync(host, "a", ModelPriority.Interactive, order),
            WaitAsync(host, "b", ModelPriority.Interactive, order));

        order.ShouldBe(["a", "b", "a", "a", "bulk"]);
    }

    [Fact]
    public async Task Lease_LargeRequestWaits_SmallOnesDoNotOvertakeIt()
    {
        var time = new FakeTimeProvider();
        using var host = PoolHost.Start(time, [.. PoolHost.Unused("only", ("TokensPerMinute", "6000")), ("Models:Pool:InteractiveWait", "00:05:00")]);
        await UseUpAsync(host);
        var large = LeaseAsync(host, PoolHost.Caller("large"), tokens: 6000);
        var small = LeaseAsync(host, PoolHost.Caller("small"), tokens: 10);
        await Eventually.HoldsAsync(() => WaitingIn(host) == 2);

        time.Advance(TimeSpan.FromSeconds(30)); // half of what the large one needs, and much more than the small one
        WaitingIn(host).ShouldBe(2);
        time.Advance(TimeSpan.FromSeconds(31));
        (await large).Dispose();
        time.Advance(TimeSpan.FromSeconds(1));

        (await small).Dispose();
    }

    [Fact]
    public async Task Lease_OneRegionIsFull_OtherRegionGoesOn()
    {
        using var host = PoolHost.Start(
        [
            .. PoolHost.Unused("european", ("Region", "eu"), ("RequestsPerMinute", "1")), .. PoolHost.Unused("american", ("Region", "us")),
            ("Models:Pool:InteractiveWait", "00:05:00"),
        ]);
        (await LeaseAsync(host, PoolHost.Caller(region: "eu"), tokens: 1)).Dispose();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var european = LeaseAsync(host, PoolHost.Caller(region: "eu"), tokens: 1, stop.Token);

        var american = await LeaseAsync(host, PoolHost.Caller(region: "us"), tokens: 1);

        american.Deployment.Name.ShouldBe("american");
        european.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => european);
    }

    [Fact]
    public async Task Succeeded_FewerTokensThanEstimated_GivesTheRestBack()
    {
        using var host = Start();
        (await LeaseAsync(host, PoolHost.Caller(), tokens: 6000)).Succeeded(tokens: 100);

        var next = await LeaseAsync(host, PoolHost.Caller(), tokens: 5500);

        next.Deployment.Name.ShouldBe("only");
    }

    private static PoolHost Start(params (string Key, string Value)[] more) =>
        PoolHost.Start([.. PoolHost.Unused("only", ("TokensPerMinute", "6000")), .. more]);

    private static int WaitingIn(PoolHost host) => host.Pool.Waiting().Sum(model => model.Waiting);

    private static async Task UseUpAsync(PoolHost host) => (await LeaseAsync(host, PoolHost.Caller("before"), tokens: 6000)).Dispose();

    private static async Task<DeploymentLease> LeaseAsync(PoolHost host, ModelCaller caller, long tokens, CancellationToken? stop = null) =>
        (await host.Pool.LeaseAsync(PoolHost.Model, caller, tokens, [], stop ?? Cancellation)).ShouldNotBeNull();

    private static async Task WaitAsync(PoolHost host, string tenant, ModelPriority priority, ConcurrentQueue<string> order)
    {
        using var lease = await LeaseAsync(host, PoolHost.Caller(tenant, priority: priority), tokens: 70);
        order.Enqueue(tenant);
    }
}
