using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>Runs one leased job to its end: keeps the lease alive, and turns whatever happens into done, again later, or failed.</summary>
internal sealed class JobRunner(
    IJobQueue queue, IServiceScopeFactory scopes, DocumentPublisher publisher, DamageReport damage, IOptions<ProcessingOptions> options, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>How long a document waits before it is looked whether the store has room for it, or answers, again.</summary>
    private static readonly TimeSpan StoreWait = TimeSpan.FromSeconds(15);

    public async Task RunAsync(LeasedJob job, CancellationToken abort)
    {
        using var activity = Spans.StartJob(job);
        var started = time.GetTimestamp();
        try
        {
            await WorkAsync(job, abort);
            await queue.CompleteAsync(job, abort);
        }
        catch (StaleVersionException)
        {
            logger.JobStale(job.Job.Id);
            await queue.CompleteAsync(job, abort);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            logger.JobInterrupted(job.Job.Id);
            await queue.ReturnAsync(job, TimeSpan.Zero, CancellationToken.None); // somebody else may take it at once
        }
        catch (LeaseLostException)
        {
            logger.LeaseLost(job.Job.Id);
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
            await FailAsync(job, GivenUp.Damaged, abort); // it will not be whole the next time
            await queue.CompleteAsync(job, abort);
        }
        catch (Exception exception) when (exception is StoreUnavailableException { IsRefusal: false } || StorageFullException.IsCause(exception))
        {
            logger.StoreNotReady(job.Job.Id, exception);
            await queue.ReturnAsync(job, StoreWait, abort); // nothing is wrong with the document: it waits as long as it takes
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error).SetTag(Spans.Tags.Error, exception.GetType().FullName); // its message may quote the document
            logger.JobFailed(job.Job.Id, job.Attempt, exception);
            await TryAgainAsync(job, exception, abort);
        }
        finally
        {
            ProcessingTelemetry.Duration.Record(time.GetElapsedTime(started).TotalSeconds, ProcessingTelemetry.Tags(job));
        }
    }

    private async Task TryAgainAsync(LeasedJob job, Exception exception, CancellationToken abort)
    {
        if (!await queue.RetryAsync(job, exception.Message, abort))
            await FailAsync(job, GivenUp.Reason, abort);
    }

    private Task FailAsync(LeasedJob job, string reason, CancellationToken abort) =>
        publisher.FailAsync(job.Job.VersionId, reason, contentType: null, abort);

    /// <summary>The work itself, for as long as the lease holds.</summary>
    private async Task WorkAsync(LeasedJob job, CancellationToken abort)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var renewal = RenewAsync(job, lost, done.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DocumentProcessor>().ProcessAsync(job.Job, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            throw new LeaseLostException();
        }
        finally
        {
            await done.CancelAsync();
            await renewal;
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
