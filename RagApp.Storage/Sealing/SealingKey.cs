using System.Security.Cryptography;
using System.Text;

namespace RagApp.Storage.Sealing;

/// <summary>A key that encrypts files of one kind. Every file has a key of its own, derived from this one, a random salt and the file's name.</summary>
internal sealed class SealingKey
{
    /// <summary>Length of a key in bytes, for AES-256.</summary>
    public const int Length = 32;

    /// <summary>Length of a key's id in bytes.</summary>
    public const int IdLength = 8;

    private readonly byte[] _key;

    public SealingKey(byte[] key, SealedFormat format)
    {
        (_key, Format) = (key, format);
        Id = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, IdLength, info: Encoding.UTF8.GetBytes($"{format.Purpose} key id"));
    }

    public SealedFormat Format { get; }

    /// <summary>Id that is written beside what the key encrypts, and from which the key cannot be found.</summary>
    public byte[] Id { get; }

    /// <summary>True for the Base64 form of 32 bytes.</summary>
    public static bool IsValid(string base64)
    {
        Span<byte> bytes = stackalloc byte[Length + 1];
        return Convert.TryFromBase64String(base64, bytes, out var written) && written == Length;
    }

    /// <summary>The cipher of one file; a file that is given another name cannot be decrypted.</summary>
    public AesGcm CipherOf(string name, ReadOnlySpan<byte> salt)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Length, salt.ToArray(), Encoding.UTF8.GetBytes($"{Format.Purpose} file\n{name}"));
        return new AesGcm(key, SealedSegments.TagLength);
    }
}
