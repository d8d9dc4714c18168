using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>Runs one leased job to its end: keeps the lease alive, and turns whatever happens into done, again later, or failed.</summary>
internal sealed class JobRunner(
    IJobQueue queue, IServiceScopeFactory scopes, DocumentPublisher publisher, IOptions<ProcessingOptions> options, TimeProvider time, ILogger<JobRunner> logger)
{
    public async Task RunAsync(LeasedJob job, CancellationToken abort)
    {
        using var activity = ProcessingTelemetry.Start(job);
        var started = time.GetTimestamp();
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var renewal = RenewAsync(job, lost, done.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ProcessAsync(scope.ServiceProvider, job, lost.Token, abort);
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
            ProcessingTelemetry.Duration.Record(time.GetElapsedTime(started).TotalSeconds, ProcessingTelemetry.Tags(job));
        }
    }

    private async Task ProcessAsync(IServiceProvider services, LeasedJob job, CancellationToken working, CancellationToken abort)
    {
        try
        {
            await services.GetRequiredService<DocumentProcessor>().ProcessAsync(job.Job, working);
            await queue.CompleteAsync(job, abort);
        }
        catch (StaleVersionException)
        {
            logger.JobStale(job.Job.Id);
            await queue.CompleteAsync(job, abort);
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested || abort.IsCancellationRequested)
        {
            logger.JobInterrupted(job.Job.Id); // the lease runs out, or did: it is somebody else's
        }
        catch (Exception exception)
        {
            Activity.Current?.AddException(exception);
            logger.JobFailed(job.Job.Id, job.Attempt, exception);
            if (!await queue.RetryAsync(job, exception.Message, abort))
                await publisher.FailAsync(
                    job.Job.Tenant, job.Job.DocumentId, job.Job.Version, GivenUp.Reason, contentType: null, abort);
        }
    }

    private async Task RenewAsync(LeasedJob job, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (await TryRenewAsync(job, done))
                    continue;
                logger.LeaseLost(job.Job.Id);
                await lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // the job ended
        }
    }

    /// <summary>A queue that does not answer may be back before the lease runs out.</summary>
    private async Task<bool> TryRenewAsync(LeasedJob job, CancellationToken done)
    {
        try
        {
            return await queue.RenewAsync(job, options.Value.Lease, done);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.QueueUnavailable(exception);
            return true;
        }
    }
}
