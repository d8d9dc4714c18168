using System.Globalization;
using RagApp.Storage.Backups;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>Reads a whole backup into a folder, and verifies every file of it.</summary>
internal sealed class BackupFetch(BackupStore backups, IIndexSnapshots snapshots)
{
    /// <exception cref="InvalidDataException">The backup is damaged, incomplete, foreign, or encrypted with another key.</exception>
    /// <exception cref="VerbException">The folder's disk has no room for it.</exception>
    public async Task<BackupRecord> RunAsync(string id, BackupScratch scratch, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var record = await backups.ReadRecordAsync(id, cancellationToken);
        if (record.Index != snapshots.Kind)
            throw new InvalidDataException($"The backup {id} has an index of kind '{record.Index}', and this installation's is '{snapshots.Kind}': run 'maintenance rebuild-index' instead.");
        scratch.RequireRoomFor(record.Length);
        foreach (var file in record.Files)
        {
            progress.Status(string.Create(CultureInfo.InvariantCulture, $"reading and verifying file {file.Number:N0} of {record.Files.Count:N0}"));
            var path = scratch.PathOf(file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await backups.CopyAsync(id, file, target, cancellationToken);
        }
        return record;
    }
}
