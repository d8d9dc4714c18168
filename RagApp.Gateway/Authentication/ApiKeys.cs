using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication;

/// <summary>
/// Finds the principal of an API key. Only hashes are held. Every hash is compared in constant time, so that the response time
/// reveals nothing about the keys.
/// </summary>
internal sealed class ApiKeys
{
    private const int IdBytes = 8;

    private readonly (byte[] Hash, Principal Principal)[] _keys;
    private readonly Dictionary<string, string?> _regions;

    public ApiKeys(IOptions<ApiKeyOptions> options, IHostEnvironment environment)
    {
        var configured = options.Value.Keys.Select(entry => (Convert.FromHexString(entry.Hash), ToPrincipal(entry)));
        var demo = environment.IsDevelopment()
            ? DemoPeople.All.Select(person => (HashOf(person.Subject), DemoPeople.PrincipalOf(person)))
            : [];
        _keys = [.. configured.Concat(demo).Select(((byte[] Hash, Principal Principal) key) => (key.Hash, key.Principal with { KeyId = IdOf(key.Hash) }))];
        _regions = options.Value.Keys.DistinctBy(key => key.Tenant, StringComparer.Ordinal).ToDictionary(key => key.Tenant, key => key.Region, StringComparer.Ordinal);
    }

    public Principal? Find(string key)
    {
        var hash = HashOf(key);
        Principal? found = null;
        foreach (var (candidate, principal) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(candidate, hash))
                found ??= principal;
        }
        return found;
    }

    /// <summary>Region of a tenant's configured keys, which is the same for all of them; null when they have none.</summary>
    public string? RegionOf(string tenant) => _regions.GetValueOrDefault(tenant);

    /// <summary>The beginning of the hash: it names a key, and does not help to find it.</summary>
    internal static string IdOf(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, IdBytes));

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static Principal ToPrincipal(ApiKeyEntry entry) =>
        new(entry.Tenant, entry.Subject, entry.Groups, entry.Roles, entry.Region);
}
