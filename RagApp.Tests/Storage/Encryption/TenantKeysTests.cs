using System.Text;
using RagApp.Storage.Blobs;
using RagApp.Storage.Encryption;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Encryption;

/// <summary>Keys of tenants: made once, wrapped by a master key that can be changed, and destroyed for good.</summary>
public sealed class TenantKeysTests : IDisposable
{
    private const string Document = "tenants/acme/documents/d/v1/content.json";

    private readonly TemporaryFolder _folder = new();
    private readonly ShiftedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_ManyProcessesAtOnce_HaveOneKey()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => Store()).ToList();
        await Task.WhenAll(stores.Select((store, i) => store.PutAsync($"tenants/acme/originals/{i}", [(byte)i])));

        for (var i = 0; i < stores.Count; i++)
            (await Store().ReadAsync($"tenants/acme/originals/{i}")).ShouldBe([(byte)i]);
        (await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "keys", "encryption.key"), Cancellation)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Rotate_KeyFile_EverythingStaysReadableAndTheOldMasterKeyIsOfNoUse()
    {
        var file = Path.Combine(_folder.Path, "keys", "encryption.key");
        var (one, other) = (Store(), Store());
        await one.PutAsync(Document, "text"u8.ToArray());
        (await other.ReadAsync(Document)).ShouldBe("text"u8.ToArray());
        var old = await File.ReadAllTextAsync(file, Cancellation);

        (await one.Rotation.RunAsync(["acme", "globex"], Cancellation)).ShouldBe(1);
        _time.Forward(TimeSpan.FromSeconds(5));

        (await File.ReadAllTextAsync(file, Cancellation)).ShouldNotBe(old);
        (await other.ReadAsync(Document)).ShouldBe("text"u8.ToArray());
        (await Store().ReadAsync(Document)).ShouldBe("text"u8.ToArray());
        (await Store().Keys.FindStateAsync("acme", Cancellation)).ShouldNotBeNull().IsCurrent.ShouldBeTrue();
        await File.WriteAllTextAsync(file, old, Cancellation);
        (await Should.ThrowAsync<KeyUnavailableException>(() => Store().ReadAsync(Document))).Message.ShouldContain("which is not here");
    }

    [Fact]
    public async Task Rotate_ConfiguredKeys_OldOneIsNeededUntilThen()
    {
        var (old, now) = (EncryptedStore.NewKey(), EncryptedStore.NewKey());
        await new EncryptedStore(_folder.Path, _time, old).PutAsync(Document, "text"u8.ToArray());

        await Should.ThrowAsync<KeyUnavailableException>(() => new EncryptedStore(_folder.Path, _time, now).ReadAsync(Document));
        await Should.ThrowAsync<KeyUnavailableException>(() => new EncryptedStore(_folder.Path, _time, now).Rotation.RunAsync(["acme"], Cancellation));
        var both = new EncryptedStore(_folder.Path, _time, now, old);
        (await both.ReadAsync(Document)).ShouldBe("text"u8.ToArray());
        (await both.Rotation.RunAsync(["acme"], Cancellation)).ShouldBe(1);

        (await new EncryptedStore(_folder.Path, _time, now).ReadAsync(Document)).ShouldBe("text"u8.ToArray());
        Directory.Exists(Path.Combine(_folder.Path, "keys")).ShouldBeFalse();
    }

    [Fact]
    public async Task Destroy_HoldsInEveryProcessWithinFiveSecondsAndForGood()
    {
        var (one, other) = (Store(), Store());
        await one.PutAsync(Document, "text"u8.ToArray());
        await one.PutAsync("tenants/globex/originals/1", "theirs"u8.ToArray());
        await other.ReadAsync(Document);

        await one.Keys.DestroyAsync("acme", Cancellation);
        _time.Forward(TimeSpan.FromSeconds(5));

        foreach (var store in new[] { one, other, Store() })
        {
            (await Should.ThrowAsync<CorruptBlobException>(() => store.ReadAsync(Document))).Problem.ShouldContain("destroyed");
            (await Should.ThrowAsync<KeyDestroyedException>(() => store.PutAsync(Document, [1]))).IsRefusal.ShouldBeTrue();
            (await store.ReadAsync("tenants/globex/originals/1")).ShouldBe("theirs"u8.ToArray());
        }
        (await Store().Rotation.RunAsync(["acme"], Cancellation)).ShouldBe(0);
        var record = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "blobs", "tenants", "acme", "control", "keys.json"), Cancellation);
        record.ShouldNotContain("wrapped");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    public async Task Find_KeyFileIsNotOne_SaysSoAndMakesNoOtherKey(string content)
    {
        await Store().PutAsync(Document, [1]);
        var file = Path.Combine(_folder.Path, "keys", "encryption.key");
        await File.WriteAllTextAsync(file, content, Cancellation);

        (await Should.ThrowAsync<KeyUnavailableException>(() => Store().ReadAsync(Document))).Message.ShouldContain("put the file back");
        await Should.ThrowAsync<KeyUnavailableException>(() => Store().PutAsync("tenants/new/originals/1", [1]));
        (await File.ReadAllTextAsync(file, Cancellation)).ShouldBe(content);
    }

    [Fact]
    public async Task Find_RecordOfAnotherTenant_IsDamage()
    {
        await Store().PutAsync(Document, [1]);
        var tenants = Path.Combine(_folder.Path, "blobs", "tenants");
        Directory.CreateDirectory(Path.Combine(tenants, "globex", "control"));
        File.Copy(Path.Combine(tenants, "acme", "control", "keys.json"), Path.Combine(tenants, "globex", "control", "keys.json"));

        await Should.ThrowAsync<CorruptBlobException>(() => Store().Keys.FindAsync("globex", Cancellation));
    }

    [Fact]
    public void Cipher_OtherContextPurposeOrTenant_OpensNothing()
    {
        var cipher = new ValueCipher(new byte[32], "one");
        var value = cipher.Seal("text"u8, "here");

        Encoding.UTF8.GetString(cipher.Open(value, "here")!).ShouldBe("text");
        cipher.Open(value, "there").ShouldBeNull();
        new ValueCipher(new byte[32], "two").Open(value, "here").ShouldBeNull();
        new ValueCipher([.. Enumerable.Repeat((byte)1, 32)], "one").Open(value, "here").ShouldBeNull();
        cipher.Open(value.AsSpan(0, 20), "here").ShouldBeNull();
        cipher.Seal("text"u8, "here").ShouldNotBe(value);
    }

    private EncryptedStore Store() => new(_folder.Path, _time);
}
