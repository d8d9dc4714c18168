using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication;

/// <summary>
/// Finds the principal of an API key. Only hashes are held, and every one of them is compared in constant time,
/// so that the time an answer takes tells nothing about the keys.
/// </summary>
internal sealed class ApiKeys
{
    private readonly (byte[] Hash, Principal Principal)[] _keys;

    public ApiKeys(IOptions<ApiKeyOptions> options, IHostEnvironment environment)
    {
        var configured = options.Value.Keys.Select(entry => (Convert.FromHexString(entry.Hash), ToPrincipal(entry)));
        var demo = environment.IsDevelopment()
            ? DemoPeople.All.Select(person => (HashOf(person.Subject), person))
            : [];
        _keys = [.. configured, .. demo];
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

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static Principal ToPrincipal(ApiKeyEntry entry) =>
        new(entry.Tenant, entry.Subject, entry.Groups, entry.Roles, entry.Region);
}
