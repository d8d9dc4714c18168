using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.FileSystem;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage;

[Covers(typeof(DocumentStore))]
public sealed class DocumentStoreTests : DocumentStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DocumentStoreTests() => Store = new DocumentStore(new FileBlobStore(_folder.Path, TimeProvider.System), Damage.Unnoticed());

    protected override IDocumentStore Store { get; }

    private static VersionId Version { get; } = VersionOf("d1", 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadContentAsync_EveryFlippedByte_IsReportedAndNeverRead()
    {
        var content = new DocumentContent("Title", "en", [new Contracts.Documents.Passage(0, "The limit is 500 EUR.", "", 1)]);
        await Store.WriteContentAsync(Version, content, Cancellation);
        await EveryFlippedByteAsync("content.json", () => Store.ReadContentAsync(Version, Cancellation));
    }

    [Fact]
    public async Task ReadVectorsAsync_EveryFlippedByte_IsReportedAndNeverRead()
    {
        await Store.WriteVectorsAsync(Version, new DocumentVectors("m", 2, [new float[] { 1, 2 }]), Cancellation);
        await EveryFlippedByteAsync("vectors-m.bin", () => Store.ReadVectorsAsync(Version, "m", Cancellation));
    }

    [Theory]
    [InlineData("content.json")]
    [InlineData("vectors-m.bin")]
    public async Task Read_CutShort_IsReported(string name)
    {
        await Store.WriteContentAsync(Version, new DocumentContent("Title", "en", []), Cancellation);
        await Store.WriteVectorsAsync(Version, new DocumentVectors("m", 2, [new float[] { 1, 2 }]), Cancellation);
        var path = PathOf(name);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        for (var length = 0; length < bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(path, bytes[..length], Cancellation);
            var exception = await Should.ThrowAsync<CorruptBlobException>(async () =>
            {
                _ = await Store.ReadContentAsync(Version, Cancellation);
                _ = await Store.ReadVectorsAsync(Version, "m", Cancellation);
            });
            exception.Key.ShouldEndWith(name);
        }
    }

    [Fact]
    public async Task ReadVectorsAsync_WrittenBeforeTheyWereKeptByModel_AreFound()
    {
        await Store.WriteVectorsAsync(Version, new DocumentVectors("m", 2, [new float[] { 1, 2 }]), Cancellation);
        File.Move(PathOf("vectors-m.bin"), PathOf("vectors.bin"));

        (await Store.ReadVectorsAsync(Version, "m", Cancellation)).ShouldNotBeNull();
        (await Store.ReadVectorsAsync(Version, "other", Cancellation)).ShouldBeNull();
        (await Store.InspectAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().Versions.ShouldHaveSingleItem().Models.ShouldBe(["m"]);
        await Store.DeleteVectorsAsync(Version, "m", Cancellation);
        File.Exists(PathOf("vectors.bin")).ShouldBeFalse();
    }

    [Fact]
    public async Task ReadContentAsync_FromBeforeLivesWereToldApart_IsOfTheLifeThatHasTheDocumentsId()
    {
        await Store.WriteContentAsync(Version, new DocumentContent("Old", "en", []), Cancellation);
        Directory.Move(Path.GetDirectoryName(PathOf("content.json"))!, Path.Combine(_folder.Path, "blobs", "tenants", "acme", "documents", "d1", "v1"));
        var old = new VersionId("acme", "d1", "d1", 1);

        (await Store.ReadContentAsync(old, Cancellation)).ShouldNotBeNull().Title.ShouldBe("Old");
        (await Store.InspectAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().Versions.ShouldHaveSingleItem().Id.ShouldBe(old);
    }

    private async Task EveryFlippedByteAsync(string name, Func<Task> read)
    {
        var path = PathOf(name);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x04;
            await File.WriteAllBytesAsync(path, bytes, Cancellation);
            var exception = await Should.ThrowAsync<CorruptBlobException>(read, $"byte {i}");
            exception.Message.ShouldContain(name);
            bytes[i] ^= 0x04;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, "blobs", "tenants", "acme", "documents", "d1", "v1-a", name);
}
