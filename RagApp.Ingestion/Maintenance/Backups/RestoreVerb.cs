using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Storage;
using RagApp.Storage.Backups;
using RagApp.Storage.Blobs;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// Restores a backup: 1. reads and verifies all of it, before it changes anything, 2. on demand puts back the records of tenants
/// that the document store has lost, 3. replaces the index, 4. sweeps, which adds what is newer than the backup.
/// </summary>
internal sealed class RestoreVerb(
    BackupStore backups, BackupFetch fetch, StoreArchive archive, IndexRestore restore, SweepVerb sweep, IOptions<BackupOptions> options, IOptions<StorageOptions> storage, TimeProvider time)
    : IMaintenanceVerb
{
    private const string Documents = "--documents";

    public static VerbDescription Description { get; } = new(
        "restore",
        "Restores the index, and on demand the store's records, from a backup.",
        """
        Reads a backup of 'backup', and verifies every file of it before anything is changed: a backup that is damaged, cut
        off, foreign or encrypted with another key is refused, and all is as it was. Then the index is replaced. Before
        searches use it, every document in it gets the access list that it has by now, and what was deleted or replaced is
        taken out. Then it sweeps: what was uploaded after the backup is added from the document store.

        --documents also puts back the records of each tenant of whom the document store has no document any more, after a
        loss of the store itself. A tenant that has documents is left alone, since deleted documents would come back. Start
        document-ingestion again after that.

        Exit code 1: the sweep found something, which is what is to be expected.
        """)
    {
        Options = [BackupChoice.Option, new VerbOption(Documents, Value: null, "also puts back records that the document store has lost")],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        BackupChoice.Require(backups);
        var started = time.GetTimestamp();
        var id = await BackupChoice.FindAsync(backups, arguments, cancellationToken);
        using var scratch = BackupScratch.Create(options, storage);
        var record = await ReadAsync(id, scratch, progress, cancellationToken); // 1
        if (arguments.Has(Documents))
            await PutBackAsync(record, scratch, progress, cancellationToken); // 2
        else
            await WarnOfLostStoreAsync(record, scratch, progress, cancellationToken);
        var (changed, removed) = await restore.RunAsync(new SnapshotFolder(scratch.Index), progress, cancellationToken); // 3
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"The index is back from {id}, {time.GetUtcNow() - record.BegunAt:d\\.hh\\:mm\\:ss} old, in {time.GetElapsedTime(started).TotalSeconds:N1} s: {changed:N0} documents got their current access list, and {removed:N0} were removed. Now it is compared with the store."));
        return await sweep.RunAsync(VerbArguments.None, progress, cancellationToken); // 4
    }

    /// <exception cref="VerbException">The backup cannot be restored; the message says why.</exception>
    private async Task<BackupRecord> ReadAsync(string id, BackupScratch scratch, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch.RunAsync(id, scratch, progress, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new VerbException($"{exception.Message} Nothing was changed: take another backup with --backup ID, or run 'maintenance rebuild-index'.", inner: exception);
        }
        catch (Exception exception) when (StorageFullException.IsCause(exception))
        {
            throw new VerbException($"There is no room left in {scratch.Path}: make room, or name another disk as Backup:Scratch. Nothing was changed.", inner: exception);
        }
    }

    /// <summary>Warns of tenants whose documents are in the backup alone: a search shows only documents that the store has.</summary>
    private async Task WarnOfLostStoreAsync(BackupRecord record, BackupScratch scratch, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var lost = new List<string>();
        foreach (var (path, tenant) in record.Files.Select(file => (file.Path, Tenant: BackupLayout.TenantIn(file.Path))))
        {
            if (tenant is null || await archive.HasDocumentsAsync(tenant, cancellationToken))
                continue;
            await using var content = File.OpenRead(scratch.PathOf(path));
            using var manifests = new ArchivedManifests(tenant, content);
            if (!manifests.IsEmpty)
                lost.Add(tenant);
        }
        if (lost.Count > 0)
            progress.Line($"Warning: the document store has no document of {string.Join(", ", lost)}, and the backup has some. They will be missing from the restored index. If the store has lost them, run 'maintenance restore {Documents}' afterwards.");
    }

    private async Task PutBackAsync(BackupRecord record, BackupScratch scratch, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        foreach (var (path, tenant) in record.Files.Select(file => (file.Path, Tenant: BackupLayout.TenantIn(file.Path))))
        {
            if (tenant is null)
                continue;
            await using var content = File.OpenRead(scratch.PathOf(path));
            var written = await archive.PutBackAsync(tenant, content, cancellationToken);
            progress.Line(written is { } count
                ? string.Create(CultureInfo.InvariantCulture, $"{tenant}: {count:N0} records are back in the document store.")
                : $"{tenant}: has documents, so that nothing was put back.");
        }
        if (!record.Documents)
            progress.Line("The backup has no originals, texts and vectors (Backup:Documents): documents whose files are lost, too, are reported by the sweep.");
    }
}
