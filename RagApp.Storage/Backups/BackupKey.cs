using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Backups;

/// <summary>A key that encrypts backups. Every file has a key of its own, derived from this one, a random salt and the file's name.</summary>
internal sealed class BackupKey
{
    /// <summary>Length of a key in bytes, for AES-256.</summary>
    public const int Length = 32;

    /// <summary>Length of a key's id in bytes.</summary>
    public const int IdLength = 8;

    private readonly byte[] _key;

    private BackupKey(byte[] key)
    {
        _key = key;
        Id = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, IdLength, info: "ragapp backup key id"u8.ToArray());
    }

    /// <summary>Id that is written beside what the key encrypts, and from which the key cannot be found.</summary>
    public byte[] Id { get; }

    public static bool IsValid(string base64)
    {
        Span<byte> bytes = stackalloc byte[Length + 1];
        return Convert.TryFromBase64String(base64, bytes, out var written) && written == Length;
    }

    public static BackupKey Parse(string base64) => new(Convert.FromBase64String(base64));

    /// <summary>The cipher of one file; a file that is given another name cannot be decrypted.</summary>
    public AesGcm CipherOf(string name, ReadOnlySpan<byte> salt)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Length, salt.ToArray(), Encoding.UTF8.GetBytes("ragapp backup file\n" + name));
        return new AesGcm(key, SealedSegments.TagLength);
    }
}
