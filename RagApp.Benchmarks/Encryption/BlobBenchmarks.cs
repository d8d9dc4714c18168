using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Blobs;
using RagApp.Storage.Encryption;
using RagApp.Storage.FileSystem;
using RagApp.Storage.S3;

namespace RagApp.Benchmarks.Encryption;

/// <summary>Writing and reading a blob of a document with encryption; the baselines do it in clear, on the same disk.</summary>
public class BlobBenchmarks
{
    private const string Key = "tenants/acme/originals/0123";

    private string _folder = "";
    private byte[] _content = [];
    private FileBlobStore _clear = null!;
    private EncryptedBlobStore _encrypted = null!;

    /// <summary>Size of the blob: that of a manifest, and that of a large original.</summary>
    [Params(4 * 1024, 64 * 1024 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ragapp-bench-").FullName;
        _content = RandomNumberGenerator.GetBytes(Bytes);
        _clear = new FileBlobStore(Path.Combine(_folder, "clear"), TimeProvider.System);
        var encrypted = new FileBlobStore(Path.Combine(_folder, "encrypted"), TimeProvider.System);
        var options = Options.Create(new EncryptionOptions());
        var masters = new MasterKeys(options, Options.Create(new StorageOptions { DataPath = _folder }), Options.Create(new S3Options()));
        _encrypted = new EncryptedBlobStore(encrypted, new TenantKeys(encrypted, masters, TimeProvider.System), options);
        await WriteInClear();
        await WriteEncrypted();
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public Task WriteInClear() => WriteAsync(_clear);

    [Benchmark]
    public Task WriteEncrypted() => WriteAsync(_encrypted);

    [Benchmark]
    public Task ReadInClear() => ReadAsync(_clear);

    [Benchmark]
    public Task ReadEncrypted() => ReadAsync(_encrypted);

    private Task<string> WriteAsync(IBlobStore store) => store.PutAsync(Key, new MemoryStream(_content), BlobCondition.None, CancellationToken.None);

    private static async Task ReadAsync(IBlobStore store)
    {
        await using var content = await store.ReadAsync(Key, CancellationToken.None);
        await content!.CopyToAsync(Stream.Null, CancellationToken.None);
    }
}
