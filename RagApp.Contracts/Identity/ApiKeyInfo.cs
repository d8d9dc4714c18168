namespace RagApp.Contracts.Identity;

/// <summary>An API key without the key itself.</summary>
/// <param name="Id">Id by which budgets and usage name the key, and by which it is revoked.</param>
/// <param name="Prefix">Beginning of the key, by which its owner recognizes it.</param>
/// <param name="Name">Purpose of the key, in the words of whoever created it.</param>
/// <param name="Subject">Person or program that the key identifies.</param>
/// <param name="Groups">Groups of the key.</param>
/// <param name="Roles">Roles of the key.</param>
/// <param name="Scopes">What the key may be used for: <c>read</c>, <c>write</c>, <c>models</c>, <c>admin</c>.</param>
/// <param name="CreatedBy">Subject of the administrator who created it.</param>
/// <param name="LastUsedAt">Time of the last request, to about half a minute; null before the first one.</param>
/// <param name="RevokedAt">Time since which it is refused; null while it is accepted.</param>
public sealed record ApiKeyInfo(
    string Id,
    string Prefix,
    string Name,
    string Subject,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

/// <summary>Answer of <c>GET /v1/admin/api-keys</c>: the tenant's created keys, the newest first.</summary>
public sealed record ApiKeyList(IReadOnlyList<ApiKeyInfo> Keys);

/// <summary>Request of <c>POST /v1/admin/api-keys</c>.</summary>
/// <param name="Name">Purpose of the key.</param>
/// <param name="Subject">Program that uses it, as <c>program:NAME</c>; the administrator when left out.</param>
/// <param name="Groups">Groups of the key, out of the administrator's own; none when left out.</param>
/// <param name="Roles">Roles of the key, out of the administrator's own; none when left out.</param>
/// <param name="Scopes">What the key may be used for; <c>read</c> when left out.</param>
/// <param name="ExpiresInDays">Days until it expires, 1 to 366; 90 when left out.</param>
public sealed record NewApiKey(
    string Name,
    string? Subject = null,
    IReadOnlyList<string>? Groups = null,
    IReadOnlyList<string>? Roles = null,
    IReadOnlyList<string>? Scopes = null,
    int? ExpiresInDays = null);

/// <summary>Answer of <c>POST /v1/admin/api-keys</c>.</summary>
/// <param name="Key">The key, which is shown this once.</param>
/// <param name="Info">The key as lists show it.</param>
public sealed record CreatedApiKey(string Key, ApiKeyInfo Info);

/// <summary>Request of <c>POST /v1/admin/sessions/end</c>.</summary>
/// <param name="Subject">Person whose tokens, as far as they are issued already, are refused from now on.</param>
public sealed record SessionEnd(string Subject);
