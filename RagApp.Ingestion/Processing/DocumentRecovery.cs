using Microsoft.Extensions.Options;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Heals what a crash or a lost queue leaves: documents on their way that have no job get one again, cut-off
/// deletions and changes of access are finished, and documents whose job died say so. Adding a job that is there already does nothing.
/// </summary>
internal sealed class DocumentRecovery(
    IDocumentStore store, IJobQueue queue, DocumentPublisher publisher, DocumentAccess access, IOptions<ProcessingOptions> options, TimeProvider time, ILogger<DocumentRecovery> logger)
    : BackgroundService
{
    private const int DeadJobs = 1_000;
    private static readonly TimeSpan OutageWait = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var healed = await TryHealAsync(stoppingToken);
            try
            {
                await Task.Delay(healed ? options.Value.Recovery : OutageWait, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    internal async Task HealAsync(CancellationToken cancellationToken)
    {
        await SettleDeadJobsAsync(cancellationToken);
        await foreach (var tenant in store.ListTenantsAsync(cancellationToken))
        {
            await foreach (var stored in store.ListAsync(tenant, afterId: null, cancellationToken))
            {
                if (stored.Manifest is { AccessPending: true, Deleted: false })
                    await access.ApplyAsync(stored.Manifest, cancellationToken);
                if (MissingJob(stored.Manifest) is { } job)
                    await queue.EnqueueAsync(job, cancellationToken);
            }
        }
    }

    private async Task<bool> TryHealAsync(CancellationToken cancellationToken)
    {
        try
        {
            await HealAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.RecoveryFailed(exception);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>A job whose worker died every time was buried by the queue, which knows nothing of manifests.</summary>
    private async Task SettleDeadJobsAsync(CancellationToken cancellationToken)
    {
        foreach (var dead in await queue.ListDeadAsync(DeadJobs, cancellationToken))
        {
            if (dead.Job.Kind == JobKind.Ingest)
                await publisher.FailAsync(dead.Job.Tenant, dead.Job.DocumentId, dead.Job.Version, GivenUp.Reason, contentType: null, cancellationToken);
        }
    }

    private static Job? MissingJob(DocumentManifest manifest)
    {
        if (manifest.Deleted)
            return new Job(JobKind.Delete, manifest.Tenant, manifest.Id, manifest.Latest.Number);
        return VersionGuard.IsTerminal(manifest.Latest.Status) && manifest.Superseded.Count == 0
            ? null
            : new Job(JobKind.Ingest, manifest.Tenant, manifest.Id, manifest.Latest.Number);
    }
}
