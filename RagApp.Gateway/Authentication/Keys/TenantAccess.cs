using System.Text.Json.Serialization;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>Decisions of a tenant's administrators about access: its API keys, and the sessions that they ended.</summary>
/// <param name="Keys">The keys, revoked ones too until they are forgotten.</param>
/// <param name="EndedSessions">Time of the last end by subject: tokens from before it are refused.</param>
internal sealed record TenantAccess(IReadOnlyList<StoredKey> Keys, IReadOnlyDictionary<string, DateTimeOffset> EndedSessions)
{
    public static TenantAccess Empty { get; } = new([], new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));
}

/// <summary>An API key as it is stored. The key itself is shown once, when it is created, and is not kept.</summary>
/// <param name="Id">Beginning of the hash, by which lists, budgets and usage name the key.</param>
/// <param name="Hash">SHA-256 of the key, lower-case hex.</param>
/// <param name="Prefix">Beginning of the key, by which its owner recognizes it.</param>
internal sealed record StoredKey(
    string Id,
    string Hash,
    string Prefix,
    string Name,
    string Subject,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Roles,
    string? Region,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt);

/// <summary>Last use of a tenant's keys, by id.</summary>
internal sealed record KeyUseTimes(IReadOnlyDictionary<string, DateTimeOffset> Times);

/// <summary>JSON of the stored records.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TenantAccess))]
[JsonSerializable(typeof(KeyUseTimes))]
internal sealed partial class TenantAccessJson : JsonSerializerContext;
