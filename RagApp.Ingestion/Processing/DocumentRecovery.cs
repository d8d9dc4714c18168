using Microsoft.Extensions.Options;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Heals what a crash or a lost queue leaves: documents on their way that have no job get one again, cut-off
/// deletions and changes of access are finished, and documents whose job died say so. Adding a job that is there
/// already does nothing. It looks at the start, now and then, and soon after the queue was lost or did not answer.
/// </summary>
internal sealed class DocumentRecovery(
    IDocumentStore store, IJobQueue queue, IngestionJobs jobs, DeadLetters deadLetters, DocumentAccess access, DocumentTagging tagging, RecoverySignal signal,
    IOptions<ProcessingOptions> options, TimeProvider time, ILogger<DocumentRecovery> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(3);

    private string? _queueId;
    private long _healed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
                await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service stops
        }
    }

    /// <summary>Heals when it is time to. What failed is looked at again with the next tick.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var asked = false;
        try
        {
            var queueId = await queue.GetIdAsync(cancellationToken);
            asked = signal.Take();
            if (IsKnown(queueId) && !asked && time.GetElapsedTime(_healed) < options.Value.Recovery)
                return;
            await HealAsync(cancellationToken);
            (_queueId, _healed) = (queueId, time.GetTimestamp());
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (exception is not QueueUnavailableException) // the workers say so
                logger.RecoveryFailed(exception);
            if (asked)
                signal.Ask();
        }
    }

    private bool IsKnown(string queueId)
    {
        var known = string.Equals(queueId, _queueId, StringComparison.Ordinal);
        if (!known && _queueId is not null)
            logger.QueueBeganAnew();
        return known;
    }

    internal async Task HealAsync(CancellationToken cancellationToken)
    {
        await deadLetters.SettleAsync(cancellationToken);
        await foreach (var tenant in store.ListTenantsAsync(cancellationToken))
        {
            await foreach (var stored in store.ListAsync(tenant, afterId: null, cancellationToken))
                await HealAsync(stored.Manifest, cancellationToken);
        }
    }

    /// <summary>What keeps one document from being healed keeps no other.</summary>
    private async Task HealAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            if (manifest is { AccessPending: true, Deleted: false })
                await access.ApplyAsync(manifest, cancellationToken);
            if (manifest is { TagsPending: true, Deleted: false })
                await tagging.ApplyAsync(manifest, cancellationToken);
            await jobs.AddAsync(manifest, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or QueueUnavailableException))
        {
            logger.HealFailed(manifest.Tenant, manifest.Id, exception);
        }
    }
}
