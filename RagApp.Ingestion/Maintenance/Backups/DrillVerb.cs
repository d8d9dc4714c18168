using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Backups;
using RagApp.Storage.Blobs;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// Rehearses a restore: 1. reads and verifies a backup, 2. restores its index beside the one that answers, 3. compares it with the
/// store, 4. removes it, and saves the result, which the running service publishes as metrics.
/// </summary>
internal sealed class DrillVerb(
    BackupStore backups, BackupFetch fetch, IIndexSnapshots snapshots, DrillComparison comparison, IOptions<BackupOptions> options, IOptions<StorageOptions> storage, TimeProvider time)
    : IMaintenanceVerb
{
    public static VerbDescription Description { get; } = new(
        "drill",
        "Rehearses a restore of the newest backup, beside the index that answers.",
        """
        Reads a backup, verifies every file of it, and restores its index under other names. Every document that did not change
        since the backup must be in it with all its passages and its access list. Of some documents of each tenant, passages
        are looked for by their stored vectors and by their words, with the rights of a reader and with none, and originals
        are verified. Then the copy is removed. The index that answers is never touched.

        The service publishes result, age and duration as ragapp.backup.drill metrics.
        Exit code 1: the copy differs from the store. 2: the backup cannot be restored.
        """)
    {
        Options = [BackupChoice.Option],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        BackupChoice.Require(backups);
        var started = time.GetTimestamp();
        string? id = null;
        try
        {
            id = await BackupChoice.FindAsync(backups, arguments, cancellationToken);
            var passed = await TryOutAsync(id, progress, cancellationToken);
            await SaveAsync(id, started, passed, cancellationToken); // 4
            progress.Line(string.Create(CultureInfo.InvariantCulture,
                $"Backup {id} {(passed ? "can be restored" : "differs from the store")}: tried in {time.GetElapsedTime(started).TotalSeconds:N1} s."));
            return passed ? MaintenanceExit.Done : MaintenanceExit.Found;
        }
        catch (Exception exception) when (exception is InvalidDataException or VerbException)
        {
            await SaveAsync(id, started, passed: false, cancellationToken);
            throw new VerbException($"The drill failed: {exception.Message}", inner: exception);
        }
        catch (Exception exception) when (StorageFullException.IsCause(exception))
        {
            await SaveAsync(id, started, passed: false, cancellationToken);
            throw new VerbException("The drill failed: there is no room left for the copy. Make room, or name another disk as Backup:Scratch.", inner: exception);
        }
    }

    private async Task<bool> TryOutAsync(string id, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        using var scratch = BackupScratch.Create(options, storage);
        var record = await fetch.RunAsync(id, scratch, progress, cancellationToken); // 1
        progress.Status("restoring the index beside the one that answers");
        await using var restored = await snapshots.TryOutAsync(scratch.Index, cancellationToken); // 2
        var passed = true;
        foreach (var (path, tenant) in record.Files.Select(file => (file.Path, Tenant: BackupLayout.TenantIn(file.Path))))
        {
            if (tenant is null)
                continue;
            using var archive = new ArchivedManifests(tenant, File.OpenRead(scratch.PathOf(path)));
            var report = await comparison.RunAsync(restored, archive, progress, cancellationToken); // 3
            progress.Line(report.Describe());
            foreach (var difference in report.Differences.Take(DrillReport.MostShown))
                progress.Line($"{tenant}: {difference}");
            passed &= report.Differences.Count == 0;
        }
        return passed;
    }

    private Task SaveAsync(string? id, long started, bool passed, CancellationToken cancellationToken) => backups.SaveDrillAsync(
        new DrillResult(id, time.GetUtcNow(), time.GetElapsedTime(started).TotalSeconds, passed), cancellationToken);
}
