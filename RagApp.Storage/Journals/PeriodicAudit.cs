using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagApp.Storage.Journals;

/// <summary>Writes what a service has collected for the audit journal every few seconds, and the rest when the service ends in peace.</summary>
public abstract class PeriodicAudit(IServiceProvider services, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected TimeProvider Time { get; } = time;

    /// <summary>Null where the service has no store: then nothing is recorded.</summary>
    protected IAuditJournal? Journal { get; } = services.GetService<IAuditJournal>();

    /// <summary>Writes what was collected so far. It is called only where there is a journal.</summary>
    public abstract Task WriteAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Journal is null)
            return;
        using var tick = new PeriodicTimer(Interval, Time);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends; the rest is written below.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Journal is not null && !cancellationToken.IsCancellationRequested)
            await WriteAsync(cancellationToken);
    }
}
