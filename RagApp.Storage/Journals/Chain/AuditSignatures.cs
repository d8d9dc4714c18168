using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Journals.Chain;

/// <summary>
/// Signs texts with HMAC-SHA256, as <c>ID:HEX</c>, where the id says by which key. The keys are derived from the configured ones, so that a
/// signature is good for nothing else.
/// </summary>
internal sealed class AuditSignatures
{
    private const int IdBytes = 4;
    private const int KeyBytes = 32;

    private readonly (string Id, byte[] Key)[] _keys;

    public AuditSignatures(IOptions<AuditChainOptions> options) =>
        _keys = [.. options.Value.FormerKeys.Prepend(options.Value.SigningKey).Where(key => key.Length > 0).Select(Derive)];

    /// <summary>False in a process that has no key: it can neither sign nor verify.</summary>
    public bool HasKey => _keys.Length > 0;

    /// <summary>The signature of a text; empty without a key.</summary>
    public string Sign(string text) => HasKey ? Sign(_keys[0], text) : "";

    public bool IsValid(string text, string signature)
    {
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(key, text)), Encoding.UTF8.GetBytes(signature)))
                return true;
        }
        return false;
    }

    private static string Sign((string Id, byte[] Key) key, string text) =>
        $"{key.Id}:{Convert.ToHexStringLower(HMACSHA256.HashData(key.Key, Encoding.UTF8.GetBytes(text)))}";

    private static (string Id, byte[] Key) Derive(string secret)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: "ragapp audit chain"u8.ToArray());
        return (Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdBytes)), key);
    }
}
