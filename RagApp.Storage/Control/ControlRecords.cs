using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Control;

/// <summary>
/// Stores a tenant's small records other than documents, such as its glossary: <c>tenants/TENANT/control/NAME.json</c>,
/// with a checksum and optimistic concurrency.
/// </summary>
public sealed class ControlRecords(IBlobStore blobs)
{
    /// <summary>Reads a record; null when it does not exist.</summary>
    /// <exception cref="CorruptBlobException">The record is damaged.</exception>
    public async Task<ControlRecord<T>?> FindAsync<T>(string tenant, string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var key = KeyOf(tenant, name);
        await using var blob = await blobs.OpenAsync(key, cancellationToken);
        return blob is null ? null : new ControlRecord<T>(await SealedJson.ReadAsync(key, blob.Content, type, cancellationToken), blob.ETag);
    }

    /// <summary>Saves a record: as a new one when <paramref name="etag"/> is null, else over the state with this entity tag.</summary>
    /// <exception cref="BlobConflictException">Another writer changed the record; read it again and repeat the change.</exception>
    public async Task<ControlRecord<T>> SaveAsync<T>(
        string tenant, string name, T value, string? etag, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var content = SealedJson.Write(value, type);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        return new ControlRecord<T>(value, await blobs.PutAsync(KeyOf(tenant, name), content, condition, cancellationToken));
    }

    private static string KeyOf(string tenant, string name) => $"{DocumentKeys.Tenant(tenant)}/control/{name}.json";
}

/// <summary>A stored record with its entity tag.</summary>
/// <param name="ETag">Entity tag of this state of the record.</param>
public sealed record ControlRecord<T>(T Value, string ETag);
