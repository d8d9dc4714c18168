using Microsoft.Extensions.Options;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Heals what a crash or a lost queue leaves: documents on their way that have no job get one again, cut-off
/// deletions and changes of access are finished, and documents whose job died say so. Adding a job that is there already does nothing.
/// </summary>
internal sealed class DocumentRecovery(
    IDocumentStore store, IngestionJobs jobs, DeadLetters deadLetters, DocumentAccess access, IOptions<ProcessingOptions> options, TimeProvider time, ILogger<DocumentRecovery> logger)
    : BackgroundService
{
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
        await deadLetters.SettleAsync(cancellationToken);
        await foreach (var tenant in store.ListTenantsAsync(cancellationToken))
        {
            await foreach (var stored in store.ListAsync(tenant, afterId: null, cancellationToken))
            {
                if (stored.Manifest is { AccessPending: true, Deleted: false })
                    await access.ApplyAsync(stored.Manifest, cancellationToken);
                await jobs.AddAsync(stored.Manifest, cancellationToken);
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
}
