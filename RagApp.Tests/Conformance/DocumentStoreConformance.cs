using System.Security.Cryptography;
using System.Text.Json;
using RagApp.Contracts.Documents;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Conformance;

/// <summary>What every document store does.</summary>
public abstract class DocumentStoreConformance
{
    protected abstract IDocumentStore Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteOriginalAsync_Stream_IsReadBackWithItsHash()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var stored = await Store.WriteOriginalAsync("acme", new MemoryStream(bytes), maxBytes: 300_000, Cancellation);

        stored.Size.ShouldBe(300_000);
        stored.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (await ReadOriginalAsync("acme", stored.Id)).ShouldBe(bytes);
        (await ReadOriginalAsync("globex", stored.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteOriginalAsync_OverTheLimit_KeepsNothing()
    {
        var exception = await Should.ThrowAsync<OriginalTooLargeException>(
            Store.WriteOriginalAsync("acme", new MemoryStream(new byte[1001]), maxBytes: 1000, Cancellation));

        exception.MaxBytes.ShouldBe(1000);
        (await Store.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteOriginalAsync_Stored_IsGone()
    {
        var stored = await Store.WriteOriginalAsync("acme", new MemoryStream([1]), 10, Cancellation);
        await Store.DeleteOriginalAsync("acme", stored.Id, Cancellation);
        (await Store.OpenOriginalAsync("acme", stored.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task SaveTreeAsync_Changed_IsFoundUnderTheNewestTagOnly()
    {
        var tree = DocumentTree.Empty("acme", "0123", "0123").With("0123", new DocumentTreeNode(7, ["a", "b"]));
        var saved = await Store.SaveTreeAsync(tree, etag: null, Cancellation);
        await Should.ThrowAsync<BlobConflictException>(Store.SaveTreeAsync(tree, etag: null, Cancellation));
        var changed = await Store.SaveTreeAsync(tree.Without(["a"]), saved.ETag, Cancellation);
        await Should.ThrowAsync<BlobConflictException>(Store.SaveTreeAsync(tree, saved.ETag, Cancellation));

        var found = await Store.FindTreeAsync("acme", "0123", "0123", Cancellation);

        found.ShouldNotBeNull().ETag.ShouldBe(changed.ETag);
        found.Tree.NodeOf("0123").Members.ShouldBe(["b"]);
        (await Store.FindTreeAsync("globex", "0123", "0123", Cancellation)).ShouldBeNull();
        await Store.DeleteTreeAsync("acme", "0123", "0123", Cancellation);
        (await Store.FindTreeAsync("acme", "0123", "0123", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task SaveAsync_NewManifest_IsFoundByItsTenantOnly()
    {
        var manifest = Manifest("acme", "a.txt");
        var saved = await Store.SaveAsync(manifest, etag: null, Cancellation);

        var found = await Store.FindAsync("acme", manifest.Id, Cancellation);
        found.ShouldNotBeNull().ETag.ShouldBe(saved.ETag);
        JsonSerializer.Serialize(found.Manifest).ShouldBe(JsonSerializer.Serialize(manifest));
        (await Store.FindAsync("globex", manifest.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task SaveAsync_NewOverExisting_Conflicts()
    {
        await Store.SaveAsync(Manifest("acme", "a.txt"), etag: null, Cancellation);
        await Should.ThrowAsync<BlobConflictException>(Store.SaveAsync(Manifest("acme", "a.txt"), etag: null, Cancellation));
    }

    [Fact]
    public async Task SaveAsync_OverAnOldState_Conflicts()
    {
        var manifest = Manifest("acme", "a.txt");
        var first = await Store.SaveAsync(manifest, etag: null, Cancellation);
        await Store.SaveAsync(manifest with { Deleted = true }, first.ETag, Cancellation);

        await Should.ThrowAsync<BlobConflictException>(Store.SaveAsync(manifest, first.ETag, Cancellation));
        (await Store.FindAsync("acme", manifest.Id, Cancellation))!.Manifest.Deleted.ShouldBeTrue();
    }

    [Fact]
    public async Task ListAsync_SeveralDocuments_GoesByIdAndOnAfterOne()
    {
        var ids = new List<string>();
        foreach (var path in new[] { "a", "b", "c" })
        {
            var manifest = Manifest("acme", path);
            await Store.SaveAsync(manifest, etag: null, Cancellation);
            await Store.WriteContentAsync(VersionOf(manifest.Id, 1), new DocumentContent("t", "en", []), Cancellation);
            ids.Add(manifest.Id);
        }
        await Store.SaveAsync(Manifest("globex", "d"), etag: null, Cancellation);
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
            await Store.SaveAsync(Manifest(tenant, "a"), etag: null, Cancellation);
            await Store.SaveAsync(Manifest(tenant, "b"), etag: null, Cancellation);
        }

        (await Store.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBe(tenants, ignoreOrder: true);
    }

    [Fact]
    public async Task WriteContentAsync_Passages_AreReadBack()
    {
        var content = new DocumentContent("Reise – 旅行", "de", new List<Passage> { new(0, "„Zitat“ \"x\" \\ \u2028 😀 ß", "A › B", 3) });
        await Store.WriteContentAsync(VersionOf("d1", 1), content, Cancellation);

        (await Store.ReadContentAsync(VersionOf("d1", 1), Cancellation)).ShouldBeEquivalentTo(content);
        (await Store.ReadContentAsync(VersionOf("d1", 2), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteVectorsAsync_Vectors_AreReadBackToTheBit()
    {
        var vectors = new DocumentVectors("e5", 3, [new float[] { 1, -0.1f, float.Epsilon }, new float[] { 0, 2, float.MaxValue }]);
        await Store.WriteVectorsAsync(VersionOf("d1", 1), vectors, Cancellation);

        var read = (await Store.ReadVectorsAsync(VersionOf("d1", 1), "e5", Cancellation)).ShouldNotBeNull();
        (read.Model, read.Dimension).ShouldBe(("e5", 3));
        read.Vectors.Select(vector => vector.ToArray()).ShouldBe(vectors.Vectors.Select(vector => vector.ToArray()));
    }

    [Fact]
    public async Task WriteVectorsAsync_OtherDimension_IsRefused()
    {
        var vectors = new DocumentVectors("e5", 3, [new float[] { 1, 2 }]);
        await Should.ThrowAsync<ArgumentException>(Store.WriteVectorsAsync(VersionOf("d1", 1), vectors, Cancellation));
    }

    [Fact]
    public async Task WriteVectorsAsync_OfTwoModels_StandBesideEachOther()
    {
        await Store.WriteVectorsAsync(VersionOf("d1", 1), new DocumentVectors("BAAI/bge-m3", 1, [new float[] { 1 }]), Cancellation);
        await Store.WriteVectorsAsync(VersionOf("d1", 1), new DocumentVectors("e5", 1, [new float[] { 2 }]), Cancellation);

        (await Store.ReadVectorsAsync(VersionOf("d1", 1), "BAAI/bge-m3", Cancellation)).ShouldNotBeNull().Vectors[0].ToArray().ShouldBe([1f]);
        (await Store.ReadVectorsAsync(VersionOf("d1", 1), "e5", Cancellation)).ShouldNotBeNull().Vectors[0].ToArray().ShouldBe([2f]);
        await Store.DeleteVectorsAsync(VersionOf("d1", 1), "e5", Cancellation);
        (await Store.ReadVectorsAsync(VersionOf("d1", 1), "e5", Cancellation)).ShouldBeNull();
        (await Store.ReadVectorsAsync(VersionOf("d1", 1), "BAAI/bge-m3", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task InspectAsync_WholeAndLeftOver_ComeInTheOrderOfTheirIds()
    {
        var manifest = Manifest("acme", "a");
        await Store.SaveAsync(manifest, etag: null, Cancellation);
        await Store.WriteContentAsync(VersionOf(manifest.Id, 1), new DocumentContent("t", "en", []), Cancellation);
        await Store.WriteVectorsAsync(VersionOf(manifest.Id, 1), new DocumentVectors("m", 1, []), Cancellation);
        await Store.WriteVectorsAsync(VersionOf(manifest.Id, 12), new DocumentVectors("n", 1, []), Cancellation);
        await Store.WriteContentAsync(VersionOf("0000", 3), new DocumentContent("t", "en", []), Cancellation);
        await Store.WriteContentAsync(VersionOf("0001", 1) with { Tenant = "globex" }, new DocumentContent("t", "en", []), Cancellation);

        var found = await Store.InspectAsync("acme", Cancellation).ToListAsync(Cancellation);

        found.Select(document => document.Id).ShouldBe(["0000", manifest.Id]);
        found[0].ShouldSatisfyAllConditions(
            left => left.Manifest.ShouldBeNull(), left => left.Damage.ShouldBeNull(), left => left.Versions.ShouldHaveSingleItem().Id.ShouldBe(VersionOf("0000", 3)));
        found[1].Manifest.ShouldNotBeNull().Path.ShouldBe("a");
        found[1].Versions.Select(version => (version.Id.Number, string.Join(' ', version.Models))).ShouldBe([(1, "m"), (12, "n")]);
        (await Store.ListIdsAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldBe([manifest.Id]);
    }

    [Fact]
    public async Task ListOriginalsAsync_BeforeAMoment_AreThoseWrittenEarlier()
    {
        var stored = await Store.WriteOriginalAsync("acme", new MemoryStream([1]), maxBytes: 1, Cancellation);
        await Store.WriteOriginalAsync("globex", new MemoryStream([1]), maxBytes: 1, Cancellation);

        (await Store.ListOriginalsAsync("acme", TimeProvider.System.GetUtcNow().AddMinutes(1), Cancellation).ToListAsync(Cancellation)).ShouldBe([stored.Id]);
        (await Store.ListOriginalsAsync("acme", TimeProvider.System.GetUtcNow().AddHours(-1), Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SetReembeddingAsync_ModelThenNull_IsRememberedAndForgotten()
    {
        (await Store.FindReembeddingAsync("acme", Cancellation)).ShouldBeNull();
        await Store.SetReembeddingAsync("acme", "m", Cancellation);
        (await Store.FindReembeddingAsync("acme", Cancellation)).ShouldBe("m");
        await Store.SetReembeddingAsync("acme", model: null, Cancellation);
        (await Store.FindReembeddingAsync("acme", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task WriteContentAsync_TwoLivesOfOnePath_EachHasItsOwn()
    {
        var (dead, alive) = (VersionOf("d1", 1), VersionOf("d1", 1) with { Incarnation = "b" });
        await Store.WriteContentAsync(dead, new DocumentContent("Dead", "en", []), Cancellation);
        await Store.WriteVectorsAsync(dead, new DocumentVectors("m", 1, []), Cancellation);
        await Store.SaveTreeAsync(DocumentTree.Empty("acme", "d1", "a").With("d1", new DocumentTreeNode(1, ["x"])), etag: null, Cancellation);

        (await Store.ReadContentAsync(alive, Cancellation)).ShouldBeNull();
        (await Store.ReadVectorsAsync(alive, "m", Cancellation)).ShouldBeNull();
        (await Store.FindTreeAsync("acme", "d1", "b", Cancellation)).ShouldBeNull();

        await Store.WriteContentAsync(alive, new DocumentContent("Alive", "en", []), Cancellation);
        (await Store.InspectAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem()
            .Versions.Select(version => version.Id).ShouldBe([dead, alive], ignoreOrder: true);
        await Store.DeleteVersionAsync(dead, Cancellation);
        await Store.DeleteTreeAsync("acme", "d1", "a", Cancellation);
        (await Store.ReadContentAsync(dead, Cancellation)).ShouldBeNull();
        (await Store.ReadContentAsync(alive, Cancellation)).ShouldNotBeNull().Title.ShouldBe("Alive");
    }

    [Fact]
    public async Task DeleteVersionAsync_OneOfTwo_LeavesTheOther()
    {
        foreach (var version in new[] { 1, 2 })
        {
            await Store.WriteContentAsync(VersionOf("d1", version), new DocumentContent("t", "en", []), Cancellation);
            await Store.WriteVectorsAsync(VersionOf("d1", version), new DocumentVectors("m", 1, []), Cancellation);
        }
        await Store.DeleteVersionAsync(VersionOf("d1", 1), Cancellation);

        (await Store.ReadContentAsync(VersionOf("d1", 1), Cancellation)).ShouldBeNull();
        (await Store.ReadVectorsAsync(VersionOf("d1", 1), "m", Cancellation)).ShouldBeNull();
        (await Store.ReadContentAsync(VersionOf("d1", 2), Cancellation)).ShouldNotBeNull();
        (await Store.ReadVectorsAsync(VersionOf("d1", 2), "m", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task DeleteManifestAsync_Stored_EndsTheDocument()
    {
        var manifest = Manifest("acme", "a");
        await Store.SaveAsync(manifest, etag: null, Cancellation);
        await Store.DeleteManifestAsync("acme", manifest.Id, Cancellation);

        (await Store.FindAsync("acme", manifest.Id, Cancellation)).ShouldBeNull();
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
        await using var stream = await Store.OpenOriginalAsync(tenant, id, Cancellation);
        if (stream is null)
            return null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }

    private async Task<List<string>> IdsAsync(string tenant, string? afterId) =>
        await Store.ListAsync(tenant, afterId, Cancellation).Select(stored => stored.Manifest.Id).ToListAsync(Cancellation);
}
