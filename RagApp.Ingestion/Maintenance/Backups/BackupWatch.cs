using System.Text.Json;
using RagApp.Storage.Backups;
using RagApp.Storage.Blobs;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>Looks at the place of backups at the start and every five minutes, for the metrics.</summary>
internal sealed class BackupWatch(BackupStore backups, Telemetry telemetry, TimeProvider time, ILogger<BackupWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Looks once. When the place does not answer, the age of what was seen before goes on growing.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var newest = (await backups.ListAsync(cancellationToken)).LastOrDefault(backup => backup.IsWhole);
            telemetry.Seen(new BackupState(newest?.BegunAt, await backups.FindDrillAsync(cancellationToken)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StoreUnavailableException or InvalidDataException or JsonException)
        {
            logger.BackupsUnseen(exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!backups.IsConfigured)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the service stops
        }
    }
}
