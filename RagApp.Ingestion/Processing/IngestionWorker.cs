using Microsoft.Extensions.Options;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Several workers that lease jobs and run them. Asked to stop, they take no new job and finish the ones they
/// have, for a while; what is not done by then is given back, for somebody else to take at once.
/// </summary>
internal sealed class IngestionWorker(
    IJobQueue queue, JobRunner runner, IOptions<ProcessingOptions> options, TimeProvider time, ILogger<IngestionWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutageWait = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var abort = new CancellationTokenSource();
        using var registration = stoppingToken.Register(() => AbortAfter(options.Value.Drain, abort));
        await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => WorkAsync(stoppingToken, abort.Token)));
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken abort)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await queue.LeaseAsync(options.Value.Lease, stopping) is { } job)
                    await runner.RunAsync(job, abort);
                else
                    await queue.WaitAsync(IdleWait, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.QueueUnavailable(exception);
                await PauseAsync(stopping);
            }
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(OutageWait, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // the loop sees it
        }
    }

    private static void AbortAfter(TimeSpan drain, CancellationTokenSource abort)
    {
        if (drain == TimeSpan.Zero)
            abort.Cancel();
        else
            abort.CancelAfter(drain);
    }
}
