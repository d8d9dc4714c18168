using Microsoft.Extensions.Hosting;

namespace RagApp.Storage.Journals.Chain;

/// <summary>Removes old audit records once a day, and soon after the start.</summary>
internal sealed class AuditExpiry(AuditRetention retention, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!retention.IsOn)
            return;
        try
        {
            await Task.Delay(AfterStart, time, stoppingToken);
            using var tick = new PeriodicTimer(Interval, time);
            do
                await retention.RunAsync(stoppingToken);
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends.
        }
    }
}
