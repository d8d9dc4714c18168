using System.Security.Cryptography;
using System.Text;
using RagApp.Storage.Blobs;
using RagApp.Storage.Encryption;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Encryption;

[Covers(typeof(EncryptedBlobStore))]
public sealed class EncryptedBlobStoreTests : BlobStoreConformance, IDisposable
{
    private const string Key = "tenants/acme/originals/0123";

    private readonly TemporaryFolder _folder = new();
    private readonly EncryptedStore _store;

    public EncryptedBlobStoreTests()
    {
        _store = new EncryptedStore(_folder.Path);
        Store = new Below("tenants/acme/documents/d", _store.Blobs);
    }

    protected override IBlobStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PutAsync_Document_IsUnreadableOnTheDiskAndHasAKeyThatOnlyTheUserCanRead()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The secret recipe. ", 10_000)));
        await _store.PutAsync(Key, text);

        var stored = await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "blobs", "tenants", "acme", "originals", "0123"), Cancellation);
        Encoding.Latin1.GetString(stored).ShouldNotContain("secret");
        (await _store.ReadAsync(Key)).ShouldBe(text);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_folder.Path, "keys", "encryption.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var record = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "blobs", "tenants", "acme", "control", "keys.json"), Cancellation);
        record.ShouldNotContain((await File.ReadAllTextAsync(Path.Combine(_folder.Path, "keys", "encryption.key"), Cancellation)).Trim());
    }

    [Fact]
    public async Task ReadAsync_AnyPlace_GivesThatPart()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        await _store.PutAsync(Key, content);

        await using var blob = (await _store.Blobs.ReadAsync(Key, Cancellation)).ShouldNotBeNull();
        blob.CanSeek.ShouldBeTrue();
        blob.Length.ShouldBe(content.Length);
        foreach (var at in new[] { 299_999, 131_072, 65_535, 0 })
        {
            blob.Position = at;
            var part = new byte[Math.Min(70_000, content.Length - at)];
            await blob.ReadExactlyAsync(part, Cancellation);
            part.ShouldBe(content[at..(at + part.Length)]);
        }
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut off")]
    [InlineData("of another document")]
    [InlineData("of another tenant")]
    public async Task ReadAsync_BytesThatWereNotWrittenThere_AreDamage(string how)
    {
        await _store.PutAsync(Key, RandomNumberGenerator.GetBytes(100_000));
        await _store.PutAsync("tenants/acme/originals/4567", new byte[10]);
        await _store.PutAsync("tenants/globex/originals/0123", new byte[10]);
        var folder = Path.Combine(_folder.Path, "blobs", "tenants");
        var path = Path.Combine(folder, "acme", "originals", "0123");
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[70_000] ^= 1;
        await File.WriteAllBytesAsync(path, how switch
        {
            "changed" => bytes,
            "cut off" => bytes[..(48 + 65_552)],
            "of another document" => await File.ReadAllBytesAsync(Path.Combine(folder, "acme", "originals", "4567"), Cancellation),
            _ => await File.ReadAllBytesAsync(Path.Combine(folder, "globex", "originals", "0123"), Cancellation),
        }, Cancellation);

        (await Should.ThrowAsync<CorruptBlobException>(() => _store.ReadAsync(Key))).Key.ShouldBe(Key);
    }

    [Fact]
    public async Task ReadAsync_WhatWasStoredInClear_IsReadAndCanBeEncrypted()
    {
        string[] keys = ["tenants/acme/documents/d/manifest.json", Key, "tenants/acme/originals/empty", "tenants/acme/control/glossary.json", "tenants/acme/journals/audit/1"];
        foreach (var key in keys)
            await _store.Plain.PutAsync(key, new MemoryStream(key.EndsWith("empty", StringComparison.Ordinal) ? [] : Encoding.UTF8.GetBytes(key)), BlobCondition.None, Cancellation);

        Encoding.UTF8.GetString((await _store.ReadAsync(Key))!).ShouldBe(Key);
        (await _store.Clear.EncryptAsync("acme", _ => { }, Cancellation)).ShouldBe(3);
        (await _store.Clear.EncryptAsync("acme", _ => { }, Cancellation)).ShouldBe(0);
        foreach (var key in keys)
        {
            Encoding.UTF8.GetString((await _store.ReadAsync(key))!).ShouldBe(key.EndsWith("empty", StringComparison.Ordinal) ? "" : key);
            await using var stored = await _store.Plain.ReadAsync(key, Cancellation);
            using var reader = new StreamReader(stored!);
            (await reader.ReadToEndAsync(Cancellation) == key).ShouldBe(key.Contains("control", StringComparison.Ordinal) || key.Contains("journals", StringComparison.Ordinal));
        }
    }

    /// <summary>A store in which all keys of the suite are below a document.</summary>
    private sealed class Below(string prefix, IBlobStore blobs) : IBlobStore
    {
        public Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
            blobs.PutAsync($"{prefix}/{key}", content, condition, cancellationToken);

        public Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => blobs.ReadAsync($"{prefix}/{key}", cancellationToken);

        public Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken) => blobs.OpenAsync($"{prefix}/{key}", cancellationToken);

        public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken) => blobs.FindWrittenAtAsync($"{prefix}/{key}", cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => blobs.DeleteAsync($"{prefix}/{key}", cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string below, string? after, CancellationToken cancellationToken) =>
            blobs.ListAsync(below.Length == 0 ? prefix : $"{prefix}/{below}", after is null ? null : $"{prefix}/{after}", cancellationToken).Select(key => key[(prefix.Length + 1)..]);
    }
}
