using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Backups;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// Makes a backup: 1. the records of the document store, 2. the index, 3. the list of both, which makes it a whole backup,
/// 4. removes old ones. The store comes first: what the index has, a sweep after a restore finds in the store.
/// </summary>
internal sealed class BackupVerb(
    BackupStore backups, StoreArchive archive, IManifestStore documents, IIndexSnapshots snapshots, IOptions<BackupOptions> options, IOptions<StorageOptions> storage, TimeProvider time)
    : IMaintenanceVerb
{
    public static VerbDescription Description { get; } = new(
        "backup",
        "Makes an encrypted backup of the index and of the store's records.",
        """
        Writes the index of all tenants, and the document store's manifests, access lists, control records and journals, into
        the folder Backup:Folder or the bucket Backup:S3; with Backup:Documents=true also originals, texts and vectors.
        Everything is encrypted with Backup:Key, and every file has a checksum. Searches and writes go on meanwhile. Redis
        needs no backup: queue, caches and the budgets' ledger are filled again from the store.

        The list of files is written last: a backup that was cut off is never taken for a whole one. A new backup removes
        those above Backup:Keep and older than Backup:KeepFor; the newest whole one always stays.
        """)
    {
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        BackupChoice.Require(backups);
        var started = time.GetTimestamp();
        using var scratch = BackupScratch.Create(options, storage);
        try
        {
            var record = await SaveAsync(scratch, progress, cancellationToken);
            progress.Line(string.Create(CultureInfo.InvariantCulture,
                $"Backup {record.Id} is in {backups.Place}: {record.Files.Count:N0} files, {record.Length / (double)(1 << 20):N1} MiB in {time.GetElapsedTime(started).TotalSeconds:N1} s."));
            var removed = await backups.PruneAsync(cancellationToken); // 4
            if (removed.Count > 0)
                progress.Line($"Removed: {string.Join(", ", removed)}.");
            return MaintenanceExit.Done;
        }
        catch (Exception exception) when (StorageFullException.IsCause(exception))
        {
            throw new VerbException($"There is no room left in {scratch.Path} or in {backups.Place}: nothing of this backup was kept, and older ones are as they were. Make room, or lower Backup:Keep.", inner: exception);
        }
        catch (StoreUnavailableException exception)
        {
            throw new VerbException($"{exception.Message} Nothing of this backup was kept.", inner: exception);
        }
    }

    private async Task<BackupRecord> SaveAsync(BackupScratch scratch, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        await using var writer = backups.Begin();
        await foreach (var tenant in documents.ListTenantsAsync(cancellationToken)) // 1
            await SaveStoreAsync(writer, tenant, scratch, progress, cancellationToken);
        progress.Status("snapshot of the index");
        Directory.CreateDirectory(scratch.Index);
        await snapshots.CreateAsync(scratch.Index, cancellationToken); // 2
        foreach (var file in Directory.EnumerateFiles(scratch.Index, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(scratch.Path, file).Replace(Path.DirectorySeparatorChar, '/');
            progress.Status($"saving {path}");
            await using var content = File.OpenRead(file);
            await writer.AddAsync(path, content, cancellationToken);
        }
        return await writer.CompleteAsync(snapshots.Kind, options.Value.Documents, cancellationToken); // 3
    }

    private async Task SaveStoreAsync(BackupWriter writer, string tenant, BackupScratch scratch, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var path = BackupLayout.ArchiveOf(tenant);
        var full = scratch.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await using var file = new FileStream(full, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        await archive.WriteAsync(
            tenant, file, options.Value.Documents, count => progress.Status(string.Create(CultureInfo.InvariantCulture, $"{tenant}: saved {count:N0} records")), cancellationToken);
        file.Position = 0;
        await writer.AddAsync(path, file, cancellationToken);
    }
}
