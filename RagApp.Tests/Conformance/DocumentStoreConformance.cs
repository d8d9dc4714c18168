using System.Security.Cryptography;
using System.Text.Json;
using RagApp.Contracts.Documents;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Documents.Trees;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Conformance;

/// <summary>Behaviour that every document store must have.</summary>
public abstract class DocumentStoreConformance
{
    protected abstract IBlobStore Blobs { get; }

    private protected OriginalStore Originals => new(Blobs);

    private protected ManifestStore Documents => new(Blobs, Damage.Unnoticed());

    private protected TreeStore Trees => new(Blobs);

    private protected ContentStore Contents => new(Blobs);

    private protected StoreInspection Inspection => new(Blobs);

    [Fact]
    public async Task WriteOriginalAsync_Stream_IsReadBackWithItsHash()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var stored = await Originals.WriteAsync("acme", new MemoryStream(bytes), maxBytes: 300_000, Cancellation);

        stored.Size.ShouldBe(300_000);
        stored.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await ReadOriginalAsync("acme", stored.Id)).ShouldBe(bytes);
        (await ReadOriginalAsync("globex", stored.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteOriginalAsync_OverTheLimit_KeepsNothing()
    {
        var exception = await Should.ThrowAsync<OriginalTooLargeException>(
            Originals.WriteAsync("acme", new MemoryStream(new byte[1001]), maxBytes: 1000, Cancellation));

        exception.MaxBytes.ShouldBe(1000);
        (await Documents.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteOriginalAsync_Stored_IsGone()
    {
        var stored = await Originals.WriteAsync("acme", new MemoryStream([1]), 10, Cancellation);
        await Originals.DeleteAsync("acme", stored.Id, Cancellation);
        (await Originals.OpenAsync("acme", stored.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task SaveTreeAsync_Changed_IsFoundUnderTheNewestTagOnly()
    {
        var tree = DocumentTree.Empty("acme", "0123", "0123").With("0123", new DocumentTreeNode(7, ["a", "b"]));
        var saved = await Trees.SaveAsync(tree, etag: null, Cancellation);
        await Should.ThrowAsync<BlobConflictException>(Trees.SaveAsync(tree, etag: null, Cancellation));
        var changed = await Trees.SaveAsync(tree.Without(["a"]), saved.ETag, Cancellation);
        await Should.ThrowAsync<BlobConflictException>(Trees.SaveAsync(tree, saved.ETag, Cancellation));

        var found = await Trees.FindAsync("acme", "0123", "0123", Cancellation);

        found.ShouldNotBeNull().ETag.ShouldBe(changed.ETag);
        found.Tree.NodeOf("0123").Members.ShouldBe(["b"]);
        (await Trees.FindAsync("globex", "0123", "0123", Cancellation)).ShouldBeNull();
        await Trees.DeleteAsync("acme", "0123", "0123", Cancellation);
        (await Trees.FindAsync("acme", "0123", "0123", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task SaveAsync_NewManifest_IsFoundByItsTenantOnly()
    {
        var manifest = Manifest("acme", "a.txt");
        var saved = await Documents.SaveAsync(manifest, etag: null, Cancellation);

        var found = await Documents.FindAsync("acme", manifest.Id, Cancellation);
        found.ShouldNotBeNull().ETag.ShouldBe(saved.ETag);
        JsonSerializer.Serialize(found.Manifest).ShouldBe(JsonSerializer.Serialize(manifest));
        (await Documents.FindAsync("globex", manifest.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task SaveAsync_NewOverExisting_Conflicts()
    {
        await Documents.SaveAsync(Manifest("acme", "a.txt"), etag: null, Cancellation);
        await Should.ThrowAsync<BlobConflictException>(Documents.SaveAsync(Manifest("acme", "a.txt"), etag: null, Cancellation));
    }

    [Fact]
    public async Task SaveAsync_OverAnOldState_Conflicts()
    {
        var manifest = Manifest("acme", "a.txt");
        var first = await Documents.SaveAsync(manifest, etag: null, Cancellation);
        await Documents.SaveAsync(manifest with { Deleted = true }, first.ETag, Cancellation);

        await Should.ThrowAsync<BlobConflictException>(Documents.SaveAsync(manifest, first.ETag, Cancellation));
        (await Documents.FindAsync("acme", manifest.Id, Cancellation))!.Manifest.Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task ListAsync_SeveralDocuments_GoesByIdAndOnAfterOne()
    {
        var ids = new List<string>();
        foreach (var path in new[] { "a", "b", "c" })
        {
            var manifest = Manifest("acme", path);
            await Documents.SaveAsync(manifest, etag: null, Cancellation);
            await Contents.WriteAsync(VersionOf(manifest.Id, 1), new DocumentContent("t", "en", []), Cancellation);
            ids.Add(manifest.Id);
        }
        await Documents.SaveAsync(Manifest("globex", "d"), etag: null, Cancellation);
        ids.Sort(StringComparer.Ordinal);

        (await IdsAsync("acme", afterId: null)).ShouldBe(ids);
        (await IdsAsync("acme", ids[0])).ShouldBe(ids[1..]);
        (await IdsAsync("acme", ids[2])).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListTenantsAsync_OddNames_AreTheNamesGiven()
    {
        string[] tenants = ["acme", "ACME", "a/b", "..", "Ümlaut & Söhne", "日本", "a_b", "a-b"];
        foreach (var tenant in tenants)
        {
            await Documents.SaveAsync(Manifest(tenant, "a"), etag: null, Cancellation);
            await Documents.SaveAsync(Manifest(tenant, "b"), etag: null, Cancellation);
        }

        (await Documents.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBe(tenants, ignoreOrder: true);
    }

    [Fact]
    public async Task WriteContentAsync_Passages_AreReadBack()
    {
        var content = new DocumentContent("Reise – 旅行", "de", new List<Passage> { new(0, "„Zitat“ \"x\" \\ \u2028 😀 ß", "A › B", 3) });
        await Contents.WriteAsync(VersionOf("d1", 1), content, Cancellation);

        (await Contents.ReadAsync(VersionOf("d1", 1), Cancellation)).ShouldBeEquivalentTo(content);
        (await Contents.ReadAsync(VersionOf("d1", 2), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteVectorsAsync_Vectors_AreReadBackToTheBit()
    {
        var vectors = new DocumentVectors("e5", 3, [new float[] { 1, -0.1f, float.Epsilon }, new float[] { 0, 2, float.MaxValue }]);
        await Contents.WriteVectorsAsync(VersionOf("d1", 1), vectors, Cancellation);

        var read = (await Contents.ReadVectorsAsync(VersionOf("d1", 1), "e5", Cancellation)).ShouldNotBeNull();
        (read.Model, read.Dimension).ShouldBe(("e5", 3));
        read.Vectors.Select(vector => vector.ToArray()).ShouldBe(vectors.Vectors.Select(vector => vector.ToArray()));
    }

    [Fact]
    public async Task WriteVectorsAsync_OtherDimension_IsRefused()
    {
        var vectors = new DocumentVectors("e5", 3, [new float[] { 1, 2 }]);
        await Should.ThrowAsync<ArgumentException>(Contents.WriteVectorsAsync(VersionOf("d1", 1), vectors, Cancellation));
    }

    [Fact]
    public async Task WriteVectorsAsync_OfTwoModels_StandBesideEachOther()
    {
        await Contents.WriteVectorsAsync(VersionOf("d1", 1), new DocumentVectors("BAAI/bge-m3", 1, [new float[] { 1 }]), Cancellation);
        await Contents.WriteVectorsAsync(VersionOf("d1", 1), new DocumentVectors("e5", 1, [new float[] { 2 }]), Cancellation);

        (await Contents.ReadVectorsAsync(VersionOf("d1", 1), "BAAI/bge-m3", Cancellation)).ShouldNotBeNull().Vectors[0].ToArray().ShouldBe([1f]);
        (await Contents.ReadVectorsAsync(VersionOf("d1", 1), "e5", Cancellation)).ShouldNotBeNull().Vectors[0].ToArray().ShouldBe([2f]);
        await Contents.DeleteVectorsAsync(VersionOf("d1", 1), "e5", Cancellation);
        (await Contents.ReadVectorsAsync(VersionOf("d1", 1), "e5", Cancellation)).ShouldBeNull();
        (await Contents.ReadVectorsAsync(VersionOf("d1", 1), "BAAI/bge-m3", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task InspectAsync_WholeAndLeftOver_ComeInTheOrderOfTheirIds()
    {
        var manifest = Manifest("acme", "a");
        await Documents.SaveAsync(manifest, etag: null, Cancellation);
        await Contents.WriteAsync(VersionOf(manifest.Id, 1), new DocumentContent("t", "en", []), Cancellation);
        await Contents.WriteVectorsAsync(VersionOf(manifest.Id, 1), new DocumentVectors("m", 1, []), Cancellation);
        await Contents.WriteVectorsAsync(VersionOf(manifest.Id, 12), new DocumentVectors("n", 1, []), Cancellation);
        await Contents.WriteAsync(VersionOf("0000", 3), new DocumentContent("t", "en", []), Cancellation);
        await Contents.WriteAsync(VersionOf("0001", 1) with { Tenant = "globex" }, new DocumentContent("t", "en", []), Cancellation);

        var found = await Inspection.WalkAsync("acme", Cancellation).ToListAsync(Cancellation);

        found.Select(document => document.Id).ShouldBe(["0000", manifest.Id]);
        found[0].ShouldSatisfyAllConditions(
            left => left.Manifest.ShouldBeNull(), left => left.Damage.ShouldBeNull(), left => left.Versions.ShouldHaveSingleItem().Id.ShouldBe(VersionOf("0000", 3)));
        found[1].Manifest.ShouldNotBeNull().Path.ShouldBe("a");
        found[1].Versions.Select(version => (version.Id.Number, string.Join(' ', version.Models))).ShouldBe([(1, "m"), (12, "n")]);
        (await Documents.ListIdsAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldBe([manifest.Id]);
    }

    [Fact]
    public async Task ListOriginalsAsync_BeforeAMoment_AreThoseWrittenEarlier()
    {
        var stored = await Originals.WriteAsync("acme", new MemoryStream([1]), maxBytes: 1, Cancellation);
        await Originals.WriteAsync("globex", new MemoryStream([1]), maxBytes: 1, Cancellation);

        (await Originals.ListAsync("acme", TimeProvider.System.GetUtcNow().AddMinutes(1), Cancellation).ToListAsync(Cancellation)).ShouldBe([stored.Id]);
        (await Originals.ListAsync("acme", TimeProvider.System.GetUtcNow().AddHours(-1), Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SetReembeddingAsync_ModelThenNull_IsRememberedAndForgotten()
    {
        (await Contents.FindReembeddingAsync("acme", Cancellation)).ShouldBeNull();
        await Contents.SetReembeddingAsync("acme", "m", Cancellation);
        (await Contents.FindReembeddingAsync("acme", Cancellation)).ShouldBe("m");
        await Contents.SetReembeddingAsync("acme", model: null, Cancellation);
        (await Contents.FindReembeddingAsync("acme", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteContentAsync_TwoLivesOfOnePath_EachHasItsOwn()
    {
        var (dead, alive) = (VersionOf("d1", 1), VersionOf("d1", 1) with { Incarnation = "b" });
        await Contents.WriteAsync(dead, new DocumentContent("Dead", "en", []), Cancellation);
        await Contents.WriteVectorsAsync(dead, new DocumentVectors("m", 1, []), Cancellation);
        await Trees.SaveAsync(DocumentTree.Empty("acme", "d1", "a").With("d1", new DocumentTreeNode(1, ["x"])), etag: null, Cancellation);

        (await Contents.ReadAsync(alive, Cancellation)).ShouldBeNull();
        (await Contents.ReadVectorsAsync(alive, "m", Cancellation)).ShouldBeNull();
        (await Trees.FindAsync("acme", "d1", "b", Cancellation)).ShouldBeNull();

        await Contents.WriteAsync(alive, new DocumentContent("Alive", "en", []), Cancellation);
        (await Inspection.WalkAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem()
            .Versions.Select(version => version.Id).ShouldBe([dead, alive], ignoreOrder: true);
        await Contents.DeleteAsync(dead, Cancellation);
        await Trees.DeleteAsync("acme", "d1", "a", Cancellation);
        (await Contents.ReadAsync(dead, Cancellation)).ShouldBeNull();
        (await Contents.ReadAsync(alive, Cancellation)).ShouldNotBeNull().Title.ShouldBe("Alive");
    }

    [Fact]
    public async Task DeleteVersionAsync_OneOfTwo_LeavesTheOther()
    {
        foreach (var version in new[] { 1, 2 })
        {
            await Contents.WriteAsync(VersionOf("d1", version), new DocumentContent("t", "en", []), Cancellation);
            await Contents.WriteVectorsAsync(VersionOf("d1", version), new DocumentVectors("m", 1, []), Cancellation);
        }
        await Contents.DeleteAsync(VersionOf("d1", 1), Cancellation);

        (await Contents.ReadAsync(VersionOf("d1", 1), Cancellation)).ShouldBeNull();
        (await Contents.ReadVectorsAsync(VersionOf("d1", 1), "m", Cancellation)).ShouldBeNull();
        (await Contents.ReadAsync(VersionOf("d1", 2), Cancellation)).ShouldNotBeNull();
        (await Contents.ReadVectorsAsync(VersionOf("d1", 2), "m", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task DeleteManifestAsync_Stored_EndsTheDocument()
    {
        var manifest = Manifest("acme", "a");
        await Documents.SaveAsync(manifest, etag: null, Cancellation);
        await Documents.DeleteAsync("acme", manifest.Id, Cancellation);

        (await Documents.FindAsync("acme", manifest.Id, Cancellation)).ShouldBeNull();
        (await IdsAsync("acme", afterId: null)).ShouldBeEmpty();
    }

    protected static VersionId VersionOf(string documentId, int number) => new("acme", documentId, "a", number);

    protected static DocumentManifest Manifest(string tenant, string path)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var version = new DocumentVersion(1, "o1", "abc", 5, "text/plain", "Title", DocumentStatus.Indexed, Reason: null, new List<string> { "a warning" }, 3, 3, at);
        return new DocumentManifest(tenant, DocumentIds.For(tenant, path), path, new List<string> { "public" }, "alice", at, at, version, version);
    }

    private async Task<byte[]?> ReadOriginalAsync(string tenant, string id)
    {
        await using var stream = await Originals.OpenAsync(tenant, id, Cancellation);
        if (stream is null)
            return null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }

    private async Task<List<string>> IdsAsync(string tenant, string? afterId) =>
        await Documents.ListAsync(tenant, afterId, Cancellation).Select(stored => stored.Manifest.Id).ToListAsync(Cancellation);
}
