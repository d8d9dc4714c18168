using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Looks after the ledger at regular intervals while the service runs.</summary>
internal sealed class LedgerKeeper(LedgerCare care, LedgerTiming timing, TimeProvider time, ILogger<LedgerKeeper> logger) : BackgroundService
{
    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(timing.Care, time);
        try
        {
            do
                await TryCareAsync();
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }

    private async Task TryCareAsync()
    {
        try
        {
            await care.RunAsync();
            _isFailing = false;
        }
        catch (Exception exception)
        {
            // A boundary: whatever the ledger's server or the journal's store throws, the next tick tries again.
            if (!_isFailing)
                logger.CareFailed(exception.Message);
            _isFailing = true;
        }
    }
}
