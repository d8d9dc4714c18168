using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing.Vectors;
using RagApp.Storage.Blobs;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>Runs one leased job to its end: renews the lease, and then completes the job, returns it for another attempt, or buries it.</summary>
internal sealed class JobRunner(
    IJobQueue queue, IServiceScopeFactory scopes, DocumentPublisher publisher, DamageReport damage, IOptions<ProcessingOptions> options, Telemetry telemetry, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>Time after which a job is tried again when the store is full or unavailable.</summary>
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
            await queue.ReturnAsync(job, TimeSpan.Zero, CancellationToken.None); // another worker may take it at once
        }
        catch (LeaseLostException)
        {
            logger.LeaseLost(job.Job.Id);
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
            await FailAsync(job, GivenUp.Damaged, abort); // another attempt would find the same damage
            await queue.CompleteAsync(job, abort);
        }
        catch (EmbeddingPausedException pause)
        {
            logger.EmbeddingPaused(job.Job.Id, pause.Wait, pause.Message);
            await queue.ReturnAsync(job, pause.Wait, abort); // the document is not at fault here either
        }
        catch (Exception exception) when (exception is StoreUnavailableException { IsRefusal: false } || StorageFullException.IsCause(exception))
        {
            logger.StoreNotReady(job.Job.Id, exception);
            await queue.ReturnAsync(job, StoreWait, abort); // the document is not at fault, so the attempts are not limited
        }
        catch (Exception exception)
        {
            // only the type: the message may quote the document
            activity?.SetStatus(ActivityStatusCode.Error).SetTag(Spans.Tags.Error, exception.GetType().FullName);
            logger.JobFailed(job.Job.Id, job.Attempt, exception);
            await TryAgainAsync(job, exception, abort);
        }
        finally
        {
            telemetry.JobEnded(job, time.GetElapsedTime(started));
        }
    }

    private async Task TryAgainAsync(LeasedJob job, Exception exception, CancellationToken abort)
    {
        if (!await queue.RetryAsync(job, exception.Message, abort))
            await FailAsync(job, GivenUp.Reason, abort);
    }

    private Task FailAsync(LeasedJob job, string reason, CancellationToken abort) =>
        publisher.FailAsync(job.Job.VersionId, reason, contentType: null, abort);

    /// <summary>Processes the document for as long as the lease holds.</summary>
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

    /// <summary>Renews the lease. A queue that does not answer counts as renewed, because it may be back before the lease runs out.</summary>
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

/// <summary>The lease ran out while the job was running. Another worker has the job, and this one stops.</summary>
internal sealed class LeaseLostException() : Exception("The lease ran out.");
