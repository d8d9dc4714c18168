using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;
using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Storage;

/// <summary>The job queue on one server that speaks the Redis protocol; it is emptied before every test.</summary>
public abstract class RedisProtocolJobQueueTests : JobQueueConformance, IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private ConnectionMultiplexer? _connection;
    private RedisJobQueue? _queue;

    protected override IJobQueue Queue => _queue!;

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [Fact]
    public async Task Telemetry_LeaseLostRetriedAndBuried_IsCounted()
    {
        using var lost = new MetricCollector<long>(Meters, Telemetry.Name, Telemetry.Metrics.LeasesLost);
        using var retries = new MetricCollector<long>(Meters, Telemetry.Name, Telemetry.Metrics.Retries);
        using var buried = new MetricCollector<long>(Meters, Telemetry.Name, Telemetry.Metrics.Buried);
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.EnqueueAsync(Job(2), Cancellation);

        await LeaseAsync();
        Time.Advance(TimeSpan.FromHours(1));
        await Queue.RetryAsync(await LeaseAsync(), "not now", Cancellation);
        await Queue.BuryAsync(await LeaseAsync(), "never", Cancellation);

        Sum(lost).ShouldBe(1);
        Sum(retries).ShouldBe(1);
        Sum(buried).ShouldBe(1);
    }

    public async ValueTask InitializeAsync()
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(await ConnectionStringAsync(), server => server.AllowAdmin = true);
        await EmptyAsync();
        var options = new JobQueueOptions { MaxAttempts = MaxAttempts, FirstDelay = TimeSpan.FromSeconds(10) };
        _queue = new RedisJobQueue(_connection, Options.Create(options), new Telemetry(Meters, Time), Time);
    }

    public async ValueTask DisposeAsync()
    {
        _queue?.Dispose();
        await _services.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task EmptyAsync() => _connection!.GetDatabase().ExecuteAsync("FLUSHALL");

    protected abstract Task<string> ConnectionStringAsync();

    private static long Sum(MetricCollector<long> counter) => counter.GetMeasurementSnapshot().Sum(measurement => measurement.Value);

    /// <summary>Waits until the queue's connection is restored.</summary>
    protected Task ReconnectedAsync() => Eventually.HoldsAsync(async () =>
    {
        try
        {
            await _connection!.GetDatabase().PingAsync();
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    });
}
