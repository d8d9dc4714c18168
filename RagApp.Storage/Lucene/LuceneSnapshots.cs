using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Snapshots as folders: <c>TENANT/</c> with the files of the last commit of each tenant's generation, and
/// <c>snapshot.json</c>, written last, which names them with their checksums. A commit's files never change, so that
/// they are copied while the index is written; the writer keeps them until then.
/// </summary>
internal sealed class LuceneSnapshots(
    IOptions<StorageOptions> options, LuceneChunkIndexWriter writer, LuceneGenerations generations) : IIndexSnapshots
{
    private const string Record = "snapshot.json";
    private const int Attempts = 3;

    /// <exception cref="IOException">The folder is not empty, or a file could not be written.</exception>
    public async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        DurableFolder.Create(Path.GetFullPath(folder));
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new IOException($"'{folder}' is not empty: a snapshot takes an empty folder.");
        var tenants = new List<SnapshotTenant>();
        foreach (var tenant in options.Value.Tenants().Order(StringComparer.Ordinal))
        {
            if (await SaveAsync(tenant, FolderOf(folder, tenant), cancellationToken) is { } saved)
                tenants.Add(saved);
        }
        await using var record = new FileStream(Path.Combine(folder, Record), FileMode.CreateNew, FileAccess.Write);
        await SealedJson.Write(new IndexSnapshot(tenants), StorageJson.Plain.IndexSnapshot).CopyToAsync(record, cancellationToken);
        record.Flush(flushToDisk: true);
    }

    /// <summary>
    /// 1. The record says what must be there. 2. Every file is copied into a new generation, and checked. 3. When all
    /// are right, the tenants go over to theirs, one after the other. 4. A tenant that the snapshot does not have has
    /// no index any more.
    /// </summary>
    public async Task RestoreAsync(string folder, CancellationToken cancellationToken)
    {
        var snapshot = await ReadAsync(Path.Combine(folder, Record), cancellationToken); // 1
        var restored = new List<(string Tenant, IndexGeneration Generation)>();
        try
        {
            foreach (var saved in snapshot.Tenants)
            {
                var generation = generations.Begin(saved.Tenant, saved.Generation.Model, saved.Generation.Dimension);
                restored.Add((saved.Tenant, generation));
                await RestoreAsync(saved, FolderOf(folder, saved.Tenant), options.Value.FolderOf(saved.Tenant, generation.Id), cancellationToken); // 2
            }
            foreach (var (tenant, generation) in restored)
                await generations.SwitchAsync(tenant, generation, CancellationToken.None); // 3
            foreach (var tenant in options.Value.Tenants().Except(restored.Select(one => one.Tenant), StringComparer.Ordinal))
                generations.Remove(tenant); // 4
        }
        finally
        {
            foreach (var (tenant, generation) in restored)
                generations.End(tenant, generation);
        }
    }

    /// <summary>Null when the tenant has no index. Another generation may take the place of this one: then that is saved.</summary>
    private async Task<SnapshotTenant?> SaveAsync(string tenant, string to, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (options.Value.CurrentOf(tenant) is not { } generation || !writer.HasIndex(tenant))
                    return null;
                var files = new List<SnapshotFile>();
                await writer.ReadCommitAsync(tenant, async (from, names) =>
                {
                    foreach (var name in names)
                        files.Add(await CopyAsync(Path.Combine(from, name), Path.Combine(to, name), cancellationToken));
                });
                return new SnapshotTenant(tenant, generation, files);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && attempt < Attempts)
            {
                Directory.Delete(to, recursive: true);
            }
        }
    }

    private static async Task RestoreAsync(SnapshotTenant saved, string from, string to, CancellationToken cancellationToken)
    {
        foreach (var file in saved.Files)
        {
            if (Path.GetFileName(file.Name) != file.Name || !File.Exists(Path.Combine(from, file.Name)))
                throw new InvalidDataException($"The snapshot has no file '{file.Name}' of the tenant '{saved.Tenant}'. The index is as it was.");
            if (await CopyAsync(Path.Combine(from, file.Name), Path.Combine(to, file.Name), cancellationToken) != file)
                throw new InvalidDataException($"The snapshot's file '{Path.Combine(from, file.Name)}' is damaged: its checksum does not match. The index is as it was.");
        }
        DurableFolder.Flush(to);
    }

    /// <summary>Copies a file, durably, and says what was copied.</summary>
    private static async Task<SnapshotFile> CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        DurableFolder.Create(Path.GetDirectoryName(to)!);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        target.Flush(flushToDisk: true);
        return new SnapshotFile(Path.GetFileName(to), target.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<IndexSnapshot> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"There is no '{path}': this is no snapshot, or one that was not finished.");
        await using var record = File.OpenRead(path);
        try
        {
            return await SealedJson.ReadAsync(path, record, StorageJson.Plain.IndexSnapshot, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            throw new InvalidDataException($"The snapshot's record '{path}' is damaged: {exception.Problem}. The index is as it was.", exception);
        }
    }

    private static string FolderOf(string folder, string tenant) => Path.Combine(folder, KeySegment.Encode(tenant));
}
