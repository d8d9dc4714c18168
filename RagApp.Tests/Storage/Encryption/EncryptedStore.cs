using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Blobs;
using RagApp.Storage.Encryption;
using RagApp.Storage.FileSystem;
using RagApp.Storage.S3;

namespace RagApp.Tests.Storage.Encryption;

/// <summary>A folder store with encryption, as a service has it; another one on the same folder stands for another process.</summary>
internal sealed class EncryptedStore
{
    public EncryptedStore(string folder, TimeProvider? time = null, string key = "", params string[] oldKeys)
    {
        var clock = time ?? TimeProvider.System;
        Plain = new FileBlobStore(folder, clock);
        var options = Options.Create(new EncryptionOptions { Key = key, OldKeys = oldKeys });
        Masters = new MasterKeys(options, Options.Create(new StorageOptions { DataPath = folder }), Options.Create(new S3Options()));
        Keys = new TenantKeys(Plain, Masters, clock);
        Blobs = new EncryptedBlobStore(Plain, Keys, options);
    }

    /// <summary>The blobs as they are stored.</summary>
    public IBlobStore Plain { get; }

    public MasterKeys Masters { get; }

    public TenantKeys Keys { get; }

    public IBlobStore Blobs { get; }

    public MasterKeyRotation Rotation => new(Keys, Masters);

    public ClearBlobs Clear => new(Plain, Blobs);

    public static string NewKey() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    public Task PutAsync(string key, byte[] content) => Blobs.PutAsync(key, new MemoryStream(content), BlobCondition.None, Cancellation);

    public async Task<byte[]?> ReadAsync(string key)
    {
        await using var content = await Blobs.ReadAsync(key, Cancellation);
        if (content is null)
            return null;
        using var all = new MemoryStream();
        await content.CopyToAsync(all, Cancellation);
        return all.ToArray();
    }
}
