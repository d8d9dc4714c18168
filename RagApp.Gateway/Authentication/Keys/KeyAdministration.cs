using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>
/// What administrators do with API keys and sessions of their tenant. Each change is in the audit journal before it is made, and a change
/// that cannot be recorded is not made. A key never has more groups or roles than its creator, so that creating one widens nothing.
/// </summary>
internal sealed class KeyAdministration(TenantAccessStore store, KeyUses uses, IAuditJournal journal, TimeProvider time)
{
    private const int MaxKeys = 500;

    /// <summary>Time for which revoked and expired keys stay in the list.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    public async Task<ApiKeyList> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var access = await store.GetAsync(tenant, cancellationToken);
        var used = await uses.ReadAsync(tenant, cancellationToken);
        return new ApiKeyList([.. access.Keys.OrderByDescending(key => key.CreatedAt).Select(key => InfoOf(key, used))]);
    }

    public async Task<CreatedApiKey> CreateAsync(Principal admin, NewApiKey request, CancellationToken cancellationToken)
    {
        if (NewKeyRules.WhatIsWrong(request, admin) is { } error)
            throw ProblemException.BadRequest(error);
        var text = KeyText.Create(admin.Tenant);
        var key = Make(admin, request, text);
        await RecordAsync(admin, AuditActions.KeyCreated, [
            ("key", key.Id), ("subject", key.Subject), ("groups", string.Join(' ', key.Groups)), ("roles", string.Join(' ', key.Roles)),
            ("scopes", string.Join(' ', key.Scopes)), ("expires", key.ExpiresAt.ToString("O", CultureInfo.InvariantCulture))], cancellationToken);
        await store.ChangeAsync(admin.Tenant, access => access with { Keys = [.. Remembered(access.Keys), key] }, cancellationToken);
        return new CreatedApiKey(text, InfoOf(key, new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal)));
    }

    public async Task RevokeAsync(Principal admin, string id, CancellationToken cancellationToken)
    {
        var key = (await store.GetAsync(admin.Tenant, cancellationToken)).Keys.FirstOrDefault(key => key.Id == id)
            ?? throw new ProblemException(HttpStatusCode.NotFound, "There is no such API key among those that were created here. Keys of the configuration are revoked there.");
        await RecordAsync(admin, AuditActions.KeyRevoked, [("key", id), ("subject", key.Subject)], cancellationToken);
        var now = time.GetUtcNow();
        await store.ChangeAsync(
            admin.Tenant, access => access with { Keys = [.. access.Keys.Select(key => key.Id == id ? key with { RevokedAt = key.RevokedAt ?? now } : key)] }, cancellationToken);
    }

    public async Task EndSessionsAsync(Principal admin, string subject, CancellationToken cancellationToken)
    {
        if (!CallerNames.IsSubject(subject))
            throw ProblemException.BadRequest("'subject' is no name of a person: take it from 'subject' of GET /v1/me, or from the audit.");
        await RecordAsync(admin, AuditActions.SessionEnded, [("subject", subject)], cancellationToken);
        var now = time.GetUtcNow();
        await store.ChangeAsync(admin.Tenant, access => access with { EndedSessions = With(access.EndedSessions, subject, now) }, cancellationToken);
    }

    private StoredKey Make(Principal admin, NewApiKey request, string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var now = time.GetUtcNow();
        return new StoredKey(
            ApiKeys.IdOf(hash), Convert.ToHexStringLower(hash), KeyText.PrefixOf(text), request.Name.Trim(), request.Subject ?? admin.Subject,
            request.Groups ?? [], request.Roles ?? [], admin.Region, request.Scopes ?? [KeyScope.Read], now, admin.Subject,
            now.AddDays(request.ExpiresInDays ?? NewKeyRules.UsualDays), RevokedAt: null);
    }

    /// <summary>The keys without those that ended long ago.</summary>
    private List<StoredKey> Remembered(IReadOnlyList<StoredKey> keys)
    {
        var oldest = time.GetUtcNow() - Memory;
        var remembered = keys.Where(key => (key.RevokedAt ?? key.ExpiresAt) > oldest).ToList();
        return remembered.Count < MaxKeys
            ? remembered
            : throw ProblemException.BadRequest($"There are {MaxKeys} API keys already. Revoked and expired ones are forgotten after {Memory.TotalDays:N0} days.");
    }

    /// <summary>The ends of sessions with one more. Ends older than the longest age of a token mean nothing any more.</summary>
    private static Dictionary<string, DateTimeOffset> With(IReadOnlyDictionary<string, DateTimeOffset> ends, string subject, DateTimeOffset now)
    {
        var kept = ends.Where(end => now - end.Value < TimeSpan.FromDays(2)).ToDictionary(StringComparer.Ordinal);
        kept[subject] = now;
        return kept;
    }

    private Task RecordAsync(Principal admin, string action, IEnumerable<(string Name, string Value)> details, CancellationToken cancellationToken) =>
        journal.AppendAsync(
            new AuditRecord(
                admin.Tenant, time.GetUtcNow(), AccessEntry.User(admin.Subject), action, DocumentId: null, Version: null,
                new SortedDictionary<string, string>(details.ToDictionary(detail => detail.Name, detail => detail.Value, StringComparer.Ordinal), StringComparer.Ordinal),
                Activity.Current?.TraceId.ToHexString()),
            cancellationToken);

    private static ApiKeyInfo InfoOf(StoredKey key, IReadOnlyDictionary<string, DateTimeOffset> used) => new(
        key.Id, key.Prefix, key.Name, key.Subject, key.Groups, key.Roles, key.Scopes, key.CreatedAt, key.CreatedBy, key.ExpiresAt,
        used.TryGetValue(key.Id, out var at) ? at : null, key.RevokedAt);
}
