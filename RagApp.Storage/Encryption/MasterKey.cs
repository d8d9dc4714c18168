using System.Security.Cryptography;

namespace RagApp.Storage.Encryption;

/// <summary>A key that encrypts the keys of tenants.</summary>
internal sealed class MasterKey
{
    private const int IdLength = 8;

    private readonly ValueCipher _cipher;

    public MasterKey(string base64)
    {
        var key = Convert.FromBase64String(base64);
        Id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, IdLength, info: "ragapp master key id"u8.ToArray()));
        _cipher = new ValueCipher(key, "ragapp tenant keys");
    }

    /// <summary>Id that stands beside what the key encrypts, and from which the key cannot be found.</summary>
    public string Id { get; }

    public byte[] Wrap(byte[] key, string tenant) => _cipher.Seal(key, tenant);

    /// <summary>The key of a tenant; null when another master key encrypted it, or for another tenant.</summary>
    public byte[]? Unwrap(byte[] wrapped, string tenant) => _cipher.Open(wrapped, tenant);
}
