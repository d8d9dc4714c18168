using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.S3;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Backups;

/// <summary>
/// The backups of this installation in their folder or bucket, encrypted:
/// <code>
/// backups/INSTALLATION/ID/000001     a file, see <see cref="SealedSegments"/>
/// backups/INSTALLATION/ID/record     the list of all files, written last
/// drills/INSTALLATION/latest.json    the result of the latest drill
/// </code>
/// </summary>
/// <param name="place">The folder or bucket, opened by its first use, since without a configured one there is none.</param>
public sealed class BackupStore(
    Lazy<IBlobStore> place, IOptions<BackupOptions> options, IOptionsMonitor<S3Options> buckets, TimeProvider time)
{
    internal const string Record = "record";

    /// <summary>Age from which a backup without record is taken for cut off; a younger one may be in progress.</summary>
    private static readonly TimeSpan LongestBackup = TimeSpan.FromDays(1);

    private readonly string _root = $"backups/{options.Value.Installation}";
    private readonly string _drill = $"drills/{options.Value.Installation}/latest.json";

    private IBlobStore Blobs => place.Value;

    /// <summary>True when a folder or a bucket for backups is configured.</summary>
    public bool IsConfigured => options.Value.Folder.Length > 0 || buckets.Get(S3Options.ForBackups).IsConfigured;

    /// <summary>True when the key that encrypts backups is configured.</summary>
    public bool HasKey => options.Value.HasKey;

    /// <summary>The folder or bucket, for messages.</summary>
    public string Place => options.Value.Folder.Length > 0 ? options.Value.Folder : $"the bucket '{buckets.Get(S3Options.ForBackups).Bucket}'";

    /// <summary>All backups, oldest first.</summary>
    public async Task<IReadOnlyList<BackupEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var key in Blobs.ListAsync(_root, after: null, cancellationToken))
        {
            if (key[(_root.Length + 1)..].Split('/') is [var id, var name])
                found[id] = found.GetValueOrDefault(id) || name == Record;
        }
        return [.. found.Select(backup => new BackupEntry(backup.Key, backup.Value))];
    }

    /// <summary>Begins a backup.</summary>
    public BackupWriter Begin() => new(this, time.GetUtcNow(), Keys()[0]);

    /// <summary>Reads the record of a backup.</summary>
    /// <exception cref="InvalidDataException">The backup is cut off, damaged, foreign, or encrypted with another key; the message says which.</exception>
    public async Task<BackupRecord> ReadRecordAsync(string id, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(id, Record, cancellationToken)
            ?? throw new InvalidDataException($"The backup {id} was cut off or does not exist: it has no record, which is written last.");
        var record = await ParseAsync(id, content, cancellationToken);
        if (record.Format != BackupRecord.CurrentFormat)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The backup {id} has format {record.Format}, and this version reads format {BackupRecord.CurrentFormat}: use the version that made it."));
        return record.Id == id && record.Installation == options.Value.Installation
            ? record
            : throw new InvalidDataException($"The backup {id} is foreign: it was made by '{record.Installation}' as {record.Id}.");
    }

    /// <summary>Copies a file of a backup to a stream, and verifies it.</summary>
    /// <exception cref="InvalidDataException">The file is missing or damaged.</exception>
    public async Task CopyAsync(string id, BackupFile file, Stream target, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(id, NameOf(file.Number), cancellationToken)
            ?? throw new InvalidDataException($"The backup {id} lacks its file '{file.Path}'.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (new byte[1 << 17], 0L);
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            length += read;
        }
        if (length != file.Length || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            throw new InvalidDataException($"The backup's file '{file.Path}' is not the one that was saved: its checksum does not match.");
    }

    /// <summary>
    /// Removes backups by number and age, and what cut-off backups have left. The newest whole backup always stays.
    /// </summary>
    /// <returns>The ids of the removed backups.</returns>
    public async Task<IReadOnlyList<string>> PruneAsync(CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        var whole = all.Where(backup => backup.IsWhole).Reverse().ToList();
        var now = time.GetUtcNow();
        var old = whole.Index().Where(backup => backup.Index > 0 && (backup.Index >= options.Value.Keep || now - backup.Item.BegunAt > options.Value.KeepFor)).Select(backup => backup.Item);
        var removed = old.Concat(all.Where(backup => !backup.IsWhole && now - backup.BegunAt > LongestBackup)).Select(backup => backup.Id).ToList();
        foreach (var id in removed)
            await RemoveAsync(id, cancellationToken);
        return removed;
    }

    public async Task<DrillResult?> FindDrillAsync(CancellationToken cancellationToken)
    {
        await using var stored = await Blobs.ReadAsync(_drill, cancellationToken);
        return stored is null ? null : await JsonSerializer.DeserializeAsync(stored, BackupsJson.Plain.DrillResult, cancellationToken);
    }

    public async Task SaveDrillAsync(DrillResult result, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(result, BackupsJson.Plain.DrillResult));
        await Blobs.PutAsync(_drill, content, BlobCondition.None, cancellationToken);
    }

    internal static string NameOf(int number) => number.ToString("000000", CultureInfo.InvariantCulture);

    internal string Installation => options.Value.Installation;

    internal Task PutAsync(string id, string name, Stream content, CancellationToken cancellationToken) =>
        Blobs.PutAsync(KeyOf(id, name), content, BlobCondition.None, cancellationToken);

    internal string KeyOf(string id, string name) => $"{_root}/{id}/{name}";

    /// <summary>Removes a backup, its record first: what is left after a failure is no whole backup.</summary>
    internal async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await Blobs.DeleteAsync(KeyOf(id, Record), cancellationToken);
        foreach (var key in await Blobs.ListAsync($"{_root}/{id}", after: null, cancellationToken).ToListAsync(cancellationToken))
            await Blobs.DeleteAsync(key, cancellationToken);
    }

    private static async Task<BackupRecord> ParseAsync(string id, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return (await JsonSerializer.DeserializeAsync(content, BackupsJson.Plain.BackupRecord, cancellationToken))!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The record of the backup {id} is not readable.", exception);
        }
    }

    private async Task<UnsealingStream?> OpenAsync(string id, string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(id, name);
        return await Blobs.ReadAsync(key, cancellationToken) is { } stored
            ? await UnsealingStream.OpenAsync(stored, BackupFormat.Instance, Keys(), key, cancellationToken)
            : null;
    }

    /// <summary>The key, then the old ones.</summary>
    private List<SealingKey> Keys() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(BackupFormat.Instance.KeyOf)];
}
