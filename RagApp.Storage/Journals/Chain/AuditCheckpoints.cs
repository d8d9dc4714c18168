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
            await chain.WriteCheckpointsAsync(CancellationToken.None);
        }
    }
}
