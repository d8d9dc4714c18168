using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Journals.Chain;

/// <summary>Writes the checkpoints of the audit chains while the service runs, and once more when it ends.</summary>
internal sealed class AuditCheckpoints(AuditChain chain, IOptions<AuditChainOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(options.Value.CheckpointInterval, time);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
                await chain.WriteCheckpointsAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends; the last checkpoints are written below.
        }
    }

    /// <summary>Writes the last checkpoints, when the service ends in peace.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!cancellationToken.IsCancellationRequested)
            await chain.WriteCheckpointsAsync(cancellationToken);
    }
}
