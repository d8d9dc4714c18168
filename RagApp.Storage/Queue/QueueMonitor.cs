using Microsoft.Extensions.Hosting;

namespace RagApp.Storage.Queue;

/// <summary>Reads the queue's depth every ten seconds for the gauges, since the reading of a metric must not wait for a server.</summary>
internal sealed class QueueMonitor(IJobQueue queue, Telemetry telemetry, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
                telemetry.Observe(await TryGetDepthAsync(stoppingToken));
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the service is stopping
        }
    }

    private async Task<QueueDepth?> TryGetDepthAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await queue.GetDepthAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null; // the workers log it, and the readiness check reports it
        }
    }
}
