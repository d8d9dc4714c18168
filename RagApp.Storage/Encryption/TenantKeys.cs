using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using RagApp.Storage.Blobs;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>
/// The keys of tenants, each encrypted with the master key and stored beside the tenant's data. A key is made by its first use. Copies are at most
/// two seconds old, so that a destroyed key is out of use everywhere soon.
/// </summary>
public sealed class TenantKeys
{
    private const string Root = "tenants";
    private const string Name = "control/keys.json";
    private const int MaxTenants = 1000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly IBlobStore _blobs;
    private readonly MasterKeys _masters;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);

    internal TenantKeys(IBlobStore blobs, MasterKeys masters, TimeProvider time) => (_blobs, _masters, _time) = (blobs, masters, time);

    /// <summary>The key of a tenant; null when it has none yet.</summary>
    /// <exception cref="KeyUnavailableException">The key was destroyed, or its master key is not here.</exception>
    public async Task<TenantKey?> FindAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (!_copies.TryGetValue(tenant, out var copy) || now - copy.Begun >= Lifetime)
        {
            if (_copies.Count >= MaxTenants)
                _copies.Clear();
            // Calls that come meanwhile wait for the same reading, which none of them can cancel.
            copy = new Copy(now, new Lazy<Task<TenantKey?>>(() => ReadAsync(tenant)));
            _copies[tenant] = copy;
        }
        return await copy.Value.Value.WaitAsync(cancellationToken);
    }

    /// <summary>The key of a tenant, which is made when it has none; null without a master key.</summary>
    /// <exception cref="KeyUnavailableException">The key was destroyed, or its master key is not here.</exception>
    public async Task<TenantKey?> GetAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, cancellationToken) is { } key)
            return key;
        if (_masters.Current() is not { } master)
            return null;
        var made = new TenantKeyRecord(master.Wrap(RandomNumberGenerator.GetBytes(SealingKey.Length), tenant), master.Id, _time.GetUtcNow());
        try
        {
            await SaveAsync(tenant, made, BlobCondition.IfNew, cancellationToken);
        }
        catch (BlobConflictException)
        {
            // another process was first
        }
        _copies.TryRemove(tenant, out _);
        return await FindAsync(tenant, cancellationToken);
    }

    /// <summary>The state of a tenant's key; null when it has none yet.</summary>
    public async Task<TenantKeyState?> FindStateAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await FindRecordAsync(tenant, cancellationToken) is not var (record, _))
            return null;
        var masters = _masters.Find();
        var isReadable = record.Wrapped is { } wrapped && masters.FirstOrDefault(master => master.Id == record.MasterKey)?.Unwrap(wrapped, tenant) is not null;
        return new TenantKeyState(tenant, record.CreatedAt, record.DestroyedAt, record.MasterKey, isReadable, masters.Count > 0 && masters[0].Id == record.MasterKey);
    }

    /// <summary>Encrypts a tenant's key with the current master key; what it encrypts stays as it is. False when that was not needed.</summary>
    /// <exception cref="KeyUnavailableException">The master key of the tenant's key is not here.</exception>
    public async Task<bool> RewrapAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await FindRecordAsync(tenant, cancellationToken) is not ({ Wrapped: not null } record, var etag)
            || _masters.Current() is not { } master || record.MasterKey == master.Id)
            return false;
        await SaveAsync(tenant, record with { Wrapped = master.Wrap(Unwrap(tenant, record), tenant), MasterKey = master.Id }, BlobCondition.IfUnchanged(etag), cancellationToken);
        return true;
    }

    /// <summary>Destroys a tenant's key for good. A tenant without a key gets a destroyed one, so that none is made later.</summary>
    public async Task DestroyAsync(string tenant, CancellationToken cancellationToken)
    {
        var created = await FindRecordAsync(tenant, cancellationToken) is var (record, _) ? record.CreatedAt : _time.GetUtcNow();
        await SaveAsync(tenant, new TenantKeyRecord(Wrapped: null, MasterKey: null, created) { DestroyedAt = _time.GetUtcNow() }, BlobCondition.None, cancellationToken);
        _copies.TryRemove(tenant, out _);
    }

    /// <summary>True for the blob key of a stored key.</summary>
    internal static bool IsRecord(string key) => key.EndsWith($"/{Name}", StringComparison.Ordinal);

    private static string KeyOf(string tenant) => $"{Root}/{KeySegment.Encode(tenant)}/{Name}";

    private async Task<TenantKey?> ReadAsync(string tenant)
    {
        try
        {
            return await FindRecordAsync(tenant, CancellationToken.None) is var (record, _) ? new TenantKey(Unwrap(tenant, record)) : null;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or IOException or CorruptBlobException)
        {
            _copies.TryRemove(tenant, out _);
            throw;
        }
    }

    private byte[] Unwrap(string tenant, TenantKeyRecord record)
    {
        if (record.Wrapped is null)
            throw new KeyDestroyedException(tenant);
        var master = _masters.Find().FirstOrDefault(master => master.Id == record.MasterKey) ?? throw new KeyUnavailableException(
            $"The key of the tenant '{tenant}' is encrypted with the master key {record.MasterKey}, which is not here: set it as Encryption:Key, or among Encryption:OldKeys, or put keys/encryption.key back.");
        return master.Unwrap(record.Wrapped, tenant) ?? throw new CorruptBlobException(KeyOf(tenant), "it was changed");
    }

    private async Task<(TenantKeyRecord Record, string ETag)?> FindRecordAsync(string tenant, CancellationToken cancellationToken)
    {
        var key = KeyOf(tenant);
        await using var blob = await _blobs.OpenAsync(key, cancellationToken);
        if (blob is null)
            return null;
        try
        {
            var record = await JsonSerializer.DeserializeAsync(blob.Content, TenantKeyJson.Plain.TenantKeyRecord, cancellationToken);
            return (record ?? throw new CorruptBlobException(key, "it is empty"), blob.ETag);
        }
        catch (JsonException exception)
        {
            throw new CorruptBlobException(key, "it is no readable JSON", exception);
        }
    }

    private async Task SaveAsync(string tenant, TenantKeyRecord record, BlobCondition condition, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, TenantKeyJson.Plain.TenantKeyRecord));
        await _blobs.PutAsync(KeyOf(tenant), content, condition, cancellationToken);
    }

    private sealed record Copy(DateTimeOffset Begun, Lazy<Task<TenantKey?>> Value);
}

/// <summary>The state of a tenant's key.</summary>
/// <param name="MasterKey">Id of the master key that encrypts it; null when it was destroyed.</param>
/// <param name="IsReadable">True when that master key is here.</param>
/// <param name="IsCurrent">True when that master key is the current one.</param>
public sealed record TenantKeyState(string Tenant, DateTimeOffset CreatedAt, DateTimeOffset? DestroyedAt, string? MasterKey, bool IsReadable, bool IsCurrent);
