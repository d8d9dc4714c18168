using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>Runs sweeps at intervals in the running service. A sweep is skipped while another verb is running.</summary>
internal sealed class SweepSchedule(
    MaintenanceRunner runner, IOptions<SweepOptions> options, TimeProvider time, ILogger<SweepSchedule> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // the service stops
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        var lines = new LogLines(logger);
        var end = await runner.RunAsync(SweepVerb.Name, VerbArguments.None, "the schedule", lines, stoppingToken);
        if (end.Text.Length > 0)
            logger.SweepSkipped(end.Text);
    }

    /// <summary>Writes the lines of the report into the log.</summary>
    private sealed class LogLines(ILogger logger) : IProgress<VerbUpdate>
    {
        public void Report(VerbUpdate value)
        {
            if (value.Kind == VerbUpdateKind.Line)
                logger.SweepSaid(value.Text);
        }
    }
}
