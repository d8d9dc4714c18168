using Microsoft.Extensions.Hosting;

namespace RagApp.Storage.Queue;

/// <summary>Looks at the queue now and then, for the gauges: metrics are read at moments that must not wait for a server.</summary>
internal sealed class QueueMonitor(IJobQueue queue, QueueTelemetry telemetry, TimeProvider time) : BackgroundService
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
            // the service stops
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
            return null; // the workers say so in the log, and the readiness check
        }
    }
}
