using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene.Generations;

/// <summary>
/// Snapshots as folders: <c>TENANT/</c> has the files of the last commit of each tenant's current generation, and
/// <see cref="SnapshotRecord"/> lists them with their checksums. The files of a commit never change, so they can be copied
/// while the index is written; the writer keeps them until the copy is complete.
/// </summary>
internal sealed class LuceneSnapshots(
    IOptions<StorageOptions> options, LuceneChunkIndexWriter writer, LuceneGenerations generations, ITextAnalysis analysis) : IIndexSnapshots
{
    private const int Attempts = 3;

    public string Kind => "lucene";

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
        await SnapshotRecord.WriteAsync(folder, new IndexSnapshot(tenants), LuceneJson.Plain.IndexSnapshot, cancellationToken);
    }

    /// <summary>1. Reads the record, which lists the files. 2. Copies every file into a new generation and verifies it.</summary>
    public async Task<IRestoredIndex> RestoreAsync(string folder, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotRecord.ReadAsync(folder, LuceneJson.Plain.IndexSnapshot, cancellationToken); // 1
        var restored = new RestoredGenerations(options.Value, generations, analysis);
        try
        {
            foreach (var saved in snapshot.Tenants)
            {
                var to = restored.Begin(saved.Tenant, saved.Generation);
                await CopyAsync(saved, FolderOf(folder, saved.Tenant), to, cancellationToken); // 2
            }
            return restored;
        }
        catch
        {
            await restored.DisposeAsync();
            throw;
        }
    }

    /// <summary>Only one process writes the index, and it runs one verb at a time: a restore cannot be disturbed.</summary>
    public Task<IRestoredIndex> TryOutAsync(string folder, CancellationToken cancellationToken) => RestoreAsync(folder, cancellationToken);

    /// <summary>Saves the tenant's current generation, again when another one replaces it meanwhile; null when the tenant has no index.</summary>
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

    private static async Task CopyAsync(SnapshotTenant saved, string from, string to, CancellationToken cancellationToken)
    {
        foreach (var file in saved.Files)
        {
            if (Path.GetFileName(file.Name) != file.Name || !File.Exists(Path.Combine(from, file.Name)))
                throw new InvalidDataException($"The snapshot has no file '{file.Name}' of the tenant '{saved.Tenant}'.");
            if (await CopyAsync(Path.Combine(from, file.Name), Path.Combine(to, file.Name), cancellationToken) != file)
                throw new InvalidDataException($"The snapshot's file '{Path.Combine(from, file.Name)}' is damaged: its checksum does not match.");
        }
        DurableFolder.Flush(to);
    }

    /// <summary>Copies a file durably; returns its name, length and checksum.</summary>
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

    private static string FolderOf(string folder, string tenant) => Path.Combine(folder, KeySegment.Encode(tenant));
}
