using RagApp.Storage.Index;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Conformance;

/// <summary>Snapshots of the whole index, and restoring the index from a snapshot.</summary>
public abstract partial class ChunkIndexConformance
{
    /// <summary>True when a snapshot is a consistent state of the index; false when the index copies each shard at a different time.</summary>
    protected virtual bool SnapshotsAreOneMoment => true;

    [Fact]
    public async Task RestoreAsync_AfterOtherChanges_BringsBackWhatWasSaved()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple", Vector(1, 0)) with { Access = ["user:bob"] }, Cancellation);
        await Writer.ChangeAccessAsync("acme", ["d1"], ["user:alice"], Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d1", "apple") with { Tenant = "globex" }, Cancellation);
        await Snapshots.CreateAsync(Path.Combine(folder.Path, "copy"), Cancellation);
        await Writer.RemoveAsync("acme", ["d1"], Cancellation);
        await Writer.ReplaceAsync(Document("d3", "apple"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d2", "d3"], ignoreOrder: true);

        await RestoreAsync(Path.Combine(folder.Path, "copy"));
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["d1", "d2"], ignoreOrder: true);
        (await SemanticAsync(Vector(1, 0), Model)).ShouldBe(["d1", "d2"], ignoreOrder: true);
        (await Index.CountAsync(narrowing: null, Filter("acme", "bob"), Cancellation)).ShouldBe(1);
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(1);
        await Writer.ReplaceAsync(Document("d4", "apple"), Cancellation);
        await ReopenAsync();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d2", "d4"], ignoreOrder: true);
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RestoreAsync_FileDamagedOrMissing_SaysSoAndTheIndexIsAsItWas()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("old", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await Writer.ReplaceAsync(Document("new", "apple"), Cancellation);
        await ReopenAsync();

        foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".json"))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancellation);
            bytes[bytes.Length / 2] ^= 1;
            await RefuseAsync(folder.Path, () => File.WriteAllBytes(file, bytes));
            await RefuseAsync(folder.Path, () => File.Delete(file));
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancellation);
        }
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["old", "new"], ignoreOrder: true);

        await RestoreAsync(folder.Path); // the snapshot is intact again
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["old"]);
    }

    [Fact]
    public async Task CreateAsync_WhileWriting_HoldsOneStateOfTheIndex()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Numbered(1), Cancellation);
        var writing = Task.Run(async () =>
        {
            for (var version = 2; version <= 20; version++)
                await Writer.ReplaceAsync(Numbered(version), Cancellation);
        }, Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await writing;

        await RestoreAsync(folder.Path);
        if (!SnapshotsAreOneMoment)
            await Writer.ReplaceAsync(Numbered(20), Cancellation); // repairs the incomplete document, as the sweep does
        PassOneSecond();
        var found = (await SearchAsync(new ChunkQuery("apple", Vector: null, Model: null, 10))).Keyword;
        found.Select(chunk => chunk.Chunk.Version).Distinct().ShouldHaveSingleItem();
        found.Select(chunk => chunk.Chunk.Ordinal).ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task RestoreAsync_NotSwitchedYet_IsChangedWhileTheOldIndexAnswers()
    {
        using var folder = new TemporaryFolder();
        foreach (var id in new[] { "kept", "revoked", "deleted" })
            await Writer.ReplaceAsync(Document(id, "apple", Vector(1, 0)), Cancellation);
        await Writer.ReplaceAsync(Document("kept", "apple") with { Tenant = "globex" }, Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await Writer.ReplaceAsync(Document("late", "apple"), Cancellation);
        PassOneSecond();

        await using var restored = await Snapshots.RestoreAsync(folder.Path, Cancellation);
        restored.Tenants.ShouldBe(["acme", "globex"], ignoreOrder: true);
        var scanned = await restored.ScanAsync("acme", Cancellation).ToListAsync(Cancellation);
        scanned.ShouldBe(new[] { "deleted", "kept", "revoked" }.Select(id => new IndexedVersion(id, "i1", 1, 1, IndexedVersion.FingerprintOf(Document(id, "").Access), Model)));
        await restored.ChangeAccessAsync("acme", ["revoked"], ["user:bob"], Cancellation);
        await restored.RemoveAsync("acme", ["deleted", "unknown"], Cancellation);
        (await restored.ScanAsync("acme", Cancellation).ToListAsync(Cancellation)).ShouldBe(
            [scanned[1], scanned[2] with { AccessFingerprint = IndexedVersion.FingerprintOf(["user:bob"]) }]);
        (await KeywordAsync("apple")).ShouldBe(["kept", "revoked", "deleted", "late"], ignoreOrder: true);

        await restored.SwitchAsync(Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["kept"]);
        (await SemanticAsync(Vector(1, 0), Model)).ShouldBe(["kept"]);
        (await Index.CountAsync(narrowing: null, Filter("acme", "bob"), Cancellation)).ShouldBe(2);
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task TryOutAsync_Search_FindsWhatWasSavedUnderTheRightsOfThen()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("open", "apple", Vector(1, 0)), Cancellation);
        await Writer.ReplaceAsync(Document("closed", "apple", Vector(0, 1)) with { Access = ["user:bob"] }, Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await Writer.RemoveAsync("acme", ["open"], Cancellation);
        await Writer.ReplaceAsync(Document("late", "apple"), Cancellation);
        PassOneSecond();

        await using (var tried = await Snapshots.TryOutAsync(folder.Path, Cancellation))
        {
            var query = new ChunkQuery("apple", Vector(1, 0), Model, 10);
            var alice = await tried.SearchAsync(query, Filter("acme", "alice"), Cancellation);
            var bob = await tried.SearchAsync(query, Filter("acme", "bob"), Cancellation);
            var narrowed = await tried.SearchAsync(query with { Filters = new() { Documents = ["closed"] } }, Filter("acme", "bob"), Cancellation);

            alice.Keyword.Select(found => found.Chunk.DocumentId).ShouldBe(["open"]);
            alice.Semantic.ShouldHaveSingleItem().Score.ShouldBe(1, tolerance: 0.02);
            bob.Keyword.Select(found => found.Chunk.DocumentId).ShouldContain("closed");
            narrowed.Semantic.ShouldHaveSingleItem().Chunk.DocumentId.ShouldBe("closed");
        }
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["late"]);
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task RestoreAsync_DisposedBeforeTheSwitch_LeavesTheIndexAsItWas()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("old", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await Writer.ReplaceAsync(Document("new", "apple"), Cancellation);

        await using (var restored = await Snapshots.RestoreAsync(folder.Path, Cancellation))
            await restored.RemoveAsync("acme", ["old"], Cancellation);
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["old", "new"], ignoreOrder: true);
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
        await Writer.ReplaceAsync(Document("newer", "apple"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["old", "new", "newer"], ignoreOrder: true);
    }

    protected async Task RestoreAsync(string snapshot)
    {
        await using var restored = await Snapshots.RestoreAsync(snapshot, Cancellation);
        await restored.SwitchAsync(Cancellation);
    }

    protected async Task RefuseAsync(string snapshot, Action damage)
    {
        damage();
        await Should.ThrowAsync<InvalidDataException>(() => Snapshots.RestoreAsync(snapshot, Cancellation));
    }

    private static IndexedDocument Numbered(int version) =>
        Document("d1", [.. Enumerable.Range(0, 3).Select(i => ($"apple {i}", Vector(1, i)))]) with { Version = version };
}
