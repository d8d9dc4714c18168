using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication.Failures;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>Finds the caller of an API key that an administrator created.</summary>
internal sealed class StoredKeys(TenantAccessStore store, KeyUses uses, TimeProvider time)
{
    /// <summary>Finds the caller; null when there is no such key.</summary>
    /// <exception cref="SignInException">The key was revoked, or has expired.</exception>
    public async Task<KeyCaller?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (KeyText.FindTenant(key) is not { } tenant)
            return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        StoredKey? found = null;
        foreach (var candidate in (await store.GetAsync(tenant, cancellationToken)).Keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Convert.FromHexString(candidate.Hash), hash))
                found ??= candidate;
        }
        if (found is null)
            return null;
        if (found.RevokedAt is not null)
            throw new SignInException(SignInFailure.RevokedKey, "The API key was revoked.") { Tenant = tenant, Subject = found.Subject };
        if (found.ExpiresAt <= time.GetUtcNow())
            throw new SignInException(SignInFailure.ExpiredKey, "The API key has expired.") { Tenant = tenant, Subject = found.Subject };
        uses.Note(tenant, found.Id);
        return new KeyCaller(new Principal(tenant, found.Subject, found.Groups, found.Roles, found.Region) { KeyId = found.Id }, found.Scopes);
    }
}

/// <summary>The caller of an API key.</summary>
/// <param name="Scopes">What the key may be used for.</param>
internal sealed record KeyCaller(Principal Principal, IReadOnlyList<string> Scopes);
