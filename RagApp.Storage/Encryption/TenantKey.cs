using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>The key of a tenant, with which everything of it is encrypted, each use with a key of its own that is derived from this one.</summary>
public sealed class TenantKey
{
    private readonly byte[] _key;

    internal TenantKey(byte[] key) => (_key, Blobs) = (key, new SealingKey(key, BlobFormat.Instance));

    internal SealingKey Blobs { get; }

    /// <param name="purpose">The use, such as <c>answers</c>.</param>
    public ValueCipher CipherFor(string purpose) => new(_key, $"ragapp {purpose}");
}
