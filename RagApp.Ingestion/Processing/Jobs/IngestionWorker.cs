using Microsoft.Extensions.Options;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>
/// Runs several workers that lease jobs and process them. On shutdown, the workers take no new job and have some time
/// to finish the current ones; unfinished jobs are returned to the queue, where another process can take them at once.
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
        await using var drained = time.CreateTimer(_ => abort.Cancel(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var registration = stoppingToken.Register(() => drained.Change(options.Value.Drain, Timeout.InfiniteTimeSpan));
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
            // the loop checks the token
        }
    }
}
