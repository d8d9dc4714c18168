using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Usage;

namespace RagApp.Storage.Journals;

/// <summary>Sums up the old days of all tenants' usage journals from time to time.</summary>
internal sealed class UsageSumming(UsageDays days, IUsageJournal journal, TimeProvider time, ILogger<UsageSumming> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var tick = new PeriodicTimer(Interval, time);
        try
        {
            do
                await TrySumAsync(stoppingToken);
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends; what was begun is taken up at the next start.
        }
    }

    private async Task TrySumAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var tenant in journal.ListTenantsAsync(cancellationToken))
                await TrySumAsync(tenant, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.SummingFailed(exception); // a boundary: whatever the store throws, the next time tries again
        }
    }

    private async Task TrySumAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            if (await days.SumAsync(tenant, cancellationToken) is > 0 and var replaced)
                logger.UsageSummed(tenant, replaced);
        }
        catch (DamagedJournalException exception)
        {
            logger.SummingFailed(exception); // the journals of other tenants are not affected
        }
    }
}
