using System.Text.Json.Serialization;

namespace RagApp.Storage.Encryption;

/// <summary>The stored key of a tenant, <c>tenants/TENANT/control/keys.json</c>. It is encrypted, and of a destroyed key only the time is left.</summary>
/// <param name="Wrapped">The key, encrypted with the master key; null when it was destroyed.</param>
/// <param name="MasterKey">Id of the master key.</param>
internal sealed record TenantKeyRecord(byte[]? Wrapped, string? MasterKey, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? DestroyedAt { get; init; }
}

[JsonSerializable(typeof(TenantKeyRecord))]
internal sealed partial class TenantKeyJson : JsonSerializerContext
{
    public static TenantKeyJson Plain { get; } = new(StoredJson.NewOptions());
}
