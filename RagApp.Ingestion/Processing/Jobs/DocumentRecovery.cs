using Microsoft.Extensions.Options;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>
/// Repairs the effects of a crash or a lost queue: adds missing jobs of unfinished documents, finishes interrupted
/// deletions and changes of access and tags, and marks documents of dead letters as failed. Adding a job that already
/// exists does nothing. The recovery runs at the start, at intervals, and soon after the queue was lost or unavailable.
/// </summary>
internal sealed class DocumentRecovery(
    IManifestStore documents, IJobQueue queue, IngestionJobs jobs, DeadLetterQueue deadLetters, AccessChanges accessChanges, TagChanges tagChanges, RecoverySignal signal,
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

    /// <summary>Runs a recovery when it is due or was asked for. A failed one is repeated at the next tick.</summary>
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
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (exception is not QueueUnavailableException && !cancellationToken.IsCancellationRequested) // the workers log the first
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
        await foreach (var tenant in documents.ListTenantsAsync(cancellationToken))
        {
            await foreach (var stored in documents.ListAsync(tenant, afterId: null, cancellationToken))
                await HealAsync(stored.Manifest, cancellationToken);
        }
    }

    /// <summary>Recovers one document. A failure does not stop the recovery of others.</summary>
    private async Task HealAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            if (manifest is { AccessPending: true, Deleted: false })
                await accessChanges.ApplyAsync(manifest, cancellationToken);
            if (manifest is { TagsPending: true, Deleted: false })
                await tagChanges.ApplyAsync(manifest, cancellationToken);
            await jobs.AddAsync(manifest, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or QueueUnavailableException))
        {
            logger.HealFailed(manifest.Tenant, manifest.Id, exception);
        }
    }
}
