using System.Security.Cryptography;
using System.Text;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>
/// Encrypts small values with AES-256-GCM: a random nonce (12 bytes), the encrypted value, the tag (16). A value is bound to its context, so
/// that it cannot be put in another place.
/// </summary>
public sealed class ValueCipher
{
    private const int NonceLength = 12;

    private readonly byte[] _key;

    /// <param name="purpose">Use of the key; two purposes have unrelated keys.</param>
    internal ValueCipher(byte[] key, string purpose) =>
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, SealingKey.Length, info: Encoding.UTF8.GetBytes(purpose));

    /// <param name="context">The value's place, such as the name of its record.</param>
    public byte[] Seal(ReadOnlySpan<byte> value, string context)
    {
        var encrypted = new byte[NonceLength + value.Length + SealedSegments.TagLength];
        RandomNumberGenerator.Fill(encrypted.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key, SealedSegments.TagLength);
        cipher.Encrypt(
            encrypted.AsSpan(0, NonceLength), value, encrypted.AsSpan(NonceLength, value.Length), encrypted.AsSpan(NonceLength + value.Length), Encoding.UTF8.GetBytes(context));
        return encrypted;
    }

    /// <summary>The value; null when it was changed, or encrypted with another key or for another context.</summary>
    public byte[]? Open(ReadOnlySpan<byte> encrypted, string context)
    {
        var length = encrypted.Length - NonceLength - SealedSegments.TagLength;
        if (length < 0)
            return null;
        var value = new byte[length];
        using var cipher = new AesGcm(_key, SealedSegments.TagLength);
        try
        {
            cipher.Decrypt(encrypted[..NonceLength], encrypted.Slice(NonceLength, length), encrypted[(NonceLength + length)..], value, Encoding.UTF8.GetBytes(context));
            return value;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>A name from which nobody without the key can tell the text: HMAC-SHA256, lower-case hex.</summary>
    public string NameOf(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
