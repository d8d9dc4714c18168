using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Documents.Trees;
using RagApp.Storage.FileSystem;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage;

[Covers(typeof(OriginalStore))]
[Covers(typeof(ManifestStore))]
[Covers(typeof(TreeStore))]
[Covers(typeof(ContentStore))]
public sealed class DocumentStoreTests : DocumentStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IBlobStore Blobs => new FileBlobStore(_folder.Path, TimeProvider.System);

    private static VersionId Version { get; } = VersionOf("d1", 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadContentAsync_EveryFlippedByte_IsReportedAndNeverRead()
    {
        var content = new DocumentContent("Title", "en", [new Contracts.Documents.Passage(0, "The limit is 500 EUR.", "", 1)]);
        await Contents.WriteAsync(Version, content, Cancellation);
        await EveryFlippedByteAsync("content.json", () => Contents.ReadAsync(Version, Cancellation));
    }

    [Fact]
    public async Task ReadVectorsAsync_EveryFlippedByte_IsReportedAndNeverRead()
    {
        await Contents.WriteVectorsAsync(Version, new DocumentVectors("m", 2, [new float[] { 1, 2 }]), Cancellation);
        await EveryFlippedByteAsync("vectors-m.bin", () => Contents.ReadVectorsAsync(Version, "m", Cancellation));
    }

    [Theory]
    [InlineData("content.json")]
    [InlineData("vectors-m.bin")]
    public async Task Read_CutShort_IsReported(string name)
    {
        await Contents.WriteAsync(Version, new DocumentContent("Title", "en", []), Cancellation);
        await Contents.WriteVectorsAsync(Version, new DocumentVectors("m", 2, [new float[] { 1, 2 }]), Cancellation);
        var path = PathOf(name);
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        for (var length = 0; length < bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(path, bytes[..length], Cancellation);
            var exception = await Should.ThrowAsync<CorruptBlobException>(async () =>
            {
                _ = await Contents.ReadAsync(Version, Cancellation);
                _ = await Contents.ReadVectorsAsync(Version, "m", Cancellation);
            });
            exception.Key.ShouldEndWith(name);
        }
    }

    [Fact]
    public async Task ReadVectorsAsync_WrittenBeforeTheyWereKeptByModel_AreFound()
    {
        await Contents.WriteVectorsAsync(Version, new DocumentVectors("m", 2, [new float[] { 1, 2 }]), Cancellation);
        File.Move(PathOf("vectors-m.bin"), PathOf("vectors.bin"));

        (await Contents.ReadVectorsAsync(Version, "m", Cancellation)).ShouldNotBeNull();
        (await Contents.ReadVectorsAsync(Version, "other", Cancellation)).ShouldBeNull();
        (await Inspection.WalkAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().Versions.ShouldHaveSingleItem().Models.ShouldBe(["m"]);
        await Contents.DeleteVectorsAsync(Version, "m", Cancellation);
        File.Exists(PathOf("vectors.bin")).ShouldBeFalse();
    }

    [Fact]
    public async Task ReadContentAsync_FromBeforeLivesWereToldApart_IsOfTheLifeThatHasTheDocumentsId()
    {
        await Contents.WriteAsync(Version, new DocumentContent("Old", "en", []), Cancellation);
        Directory.Move(Path.GetDirectoryName(PathOf("content.json"))!, Path.Combine(_folder.Path, "blobs", "tenants", "acme", "documents", "d1", "v1"));
        var old = new VersionId("acme", "d1", "d1", 1);

        (await Contents.ReadAsync(old, Cancellation)).ShouldNotBeNull().Title.ShouldBe("Old");
        (await Inspection.WalkAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().Versions.ShouldHaveSingleItem().Id.ShouldBe(old);
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
