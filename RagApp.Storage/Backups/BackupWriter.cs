using System.Text.Json;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Backups;

/// <summary>A backup in progress. Disposing it before <see cref="CompleteAsync"/> removes it.</summary>
public sealed class BackupWriter : IAsyncDisposable
{
    private readonly BackupStore _store;
    private readonly SealingKey _key;
    private readonly DateTimeOffset _begunAt;
    private readonly List<BackupFile> _files = [];
    private bool _complete;

    internal BackupWriter(BackupStore store, DateTimeOffset now, SealingKey key)
    {
        (_store, _begunAt, _key) = (store, now, key);
        Id = BackupEntry.NewId(now);
    }

    public string Id { get; }

    /// <summary>Encrypts a file into the backup.</summary>
    /// <param name="path">Path of the file in the backup, with slashes.</param>
    public async Task AddAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var number = _files.Count + 1;
        var (length, sha256) = await PutAsync(BackupStore.NameOf(number), content, cancellationToken);
        _files.Add(new BackupFile(number, path, length, sha256));
    }

    /// <summary>Writes the record, which makes the backup a whole one.</summary>
    public async Task<BackupRecord> CompleteAsync(string index, bool documents, CancellationToken cancellationToken)
    {
        var record = new BackupRecord(BackupRecord.CurrentFormat, Id, _store.Installation, _begunAt, index, documents, _files);
        await PutAsync(BackupStore.Record, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, BackupsJson.Plain.BackupRecord)), cancellationToken);
        _complete = true;
        return record;
    }

    public async ValueTask DisposeAsync()
    {
        if (_complete)
            return;
        try
        {
            await _store.RemoveAsync(Id, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or Blobs.StoreUnavailableException)
        {
            // What is left has no record, and a later backup removes it; the failure of the backup itself is reported.
        }
    }

    private async Task<(long Length, string Sha256)> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await using var encrypted = new SealingStream(content, _key, _store.KeyOf(Id, name));
        await _store.PutAsync(Id, name, encrypted, cancellationToken);
        return (encrypted.ContentBytes, encrypted.Sha256());
    }
}
