using RagApp.Contracts.Search;
using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>Changes of access lists, and their effect on counts and searches.</summary>
public abstract partial class ChunkIndexConformance
{
    [Fact]
    public async Task ChangeAccessAsync_Documents_AreOpenToTheNewListOnly()
    {
        await Writer.ReplaceAsync(Document("d1", [("apple one", Vector(1, 0)), ("apple two", Vector(0, 1))]), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("other", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d1", "apple") with { Tenant = "globex" }, Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d1", "d2", "other"], ignoreOrder: true);

        await Writer.ChangeAccessAsync("acme", ["d1", "d2", "unknown"], ["user:bob", "group:staff"], Cancellation);
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["other"]);
        (await SemanticAsync(Vector(1, 0), Model)).ShouldBe(["other"]);
        foreach (var filter in new[] { Filter("acme", "bob"), Filter("acme", "carol", "staff") })
        {
            var found = await Index.SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10), filter, Cancellation);
            found.Keyword.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(["d1", "d1", "d2", "other"], ignoreOrder: true);
            found.Semantic.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(["d1", "d1", "d2", "other"], ignoreOrder: true);
        }
        (await Index.CountAsync(narrowing: null, Filter("globex", "alice"), Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task ChangeAccessAsync_ScanAndReopen_ShowTheNewList()
    {
        await Writer.ReplaceAsync(Document("d1", [("x", Vector(1, 0)), ("y", Vector(1, 0))]) with { Version = 3 }, Cancellation);
        await Writer.ChangeAccessAsync("acme", ["d1"], ["user:bob", "group:staff"], Cancellation);

        var expected = new IndexedVersion("d1", "i1", 3, 2, IndexedVersion.FingerprintOf(["group:staff", "user:bob"]), Model);
        (await Writer.ScanAsync("acme", documentId: null, Cancellation).ToListAsync(Cancellation)).ShouldBe([expected]);
        await ReopenAsync();
        (await Writer.ScanAsync("acme", "d1", Cancellation).ToListAsync(Cancellation)).ShouldBe([expected]);
        (await KeywordAsync("x")).ShouldBeEmpty();

        await Writer.ChangeAccessAsync("acme", ["d1"], [], Cancellation);
        await Writer.ReplaceAsync(Document("d2", "x") with { Access = ["user:bob"] }, Cancellation);
        PassOneSecond();
        (await Index.CountAsync(narrowing: null, Filter("acme", "bob", "staff"), Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task ChangeAccessAsync_NothingThere_IsFine()
    {
        await Writer.ChangeAccessAsync("acme", ["d1"], ["public"], Cancellation);
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.RemoveAsync("acme", ["d1"], Cancellation);
        await ReopenAsync();
        await Writer.ChangeAccessAsync("acme", ["d1"], ["public"], Cancellation);
        (await KeywordAsync("apple")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ChangeAccessAsync_ThenReplace_TakesTheReplacementsList()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.ChangeAccessAsync("acme", ["d1"], ["user:bob"], Cancellation);
        await Writer.ReplaceAsync(Document("d1", "apple") with { Version = 2, Access = ["user:alice"] }, Cancellation);
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["d1"]);
        (await Index.CountAsync(narrowing: null, Filter("acme", "bob"), Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task ChangeAccessAsync_WhileOthersAreWritten_IsLostForNone()
    {
        var ids = Enumerable.Range(0, 24).Select(i => $"d{i:D2}").ToList();
        foreach (var id in ids)
            await Writer.ReplaceAsync(Document(id, "apple"), Cancellation);
        await Task.WhenAll(
            Parallel.ForEachAsync(ids, Cancellation, async (id, token) => await Writer.ChangeAccessAsync("acme", [id], ["user:bob"], token)),
            Parallel.ForEachAsync(ids, Cancellation, async (id, token) => await Writer.ReplaceAsync(Document($"new-{id}", "apple"), token)));
        PassOneSecond();

        var bobs = await Index.SearchAsync(new ChunkQuery("apple", null, null, 100), Filter("acme", "bob"), Cancellation);
        bobs.Keyword.Count.ShouldBe(48);
        (await KeywordAsync("apple", limit: 100)).ShouldBe(ids.Select(id => $"new-{id}"), ignoreOrder: true);
    }

    [Fact]
    public async Task RemoveAsync_SeveralDocuments_AreGoneTogether()
    {
        foreach (var id in new[] { "d1", "d2", "d3" })
            await Writer.ReplaceAsync(Document(id, "apple"), Cancellation);
        await Writer.RemoveAsync("acme", ["d1", "d3", "unknown"], Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d2"]);
    }

    [Fact]
    public async Task CountAsync_FilterAndNarrowing_CountsChunks()
    {
        (await Index.CountAsync(narrowing: null, Filter("acme", "alice"), Cancellation)).ShouldBe(0);
        await Writer.ReplaceAsync(Document("d1", [("x", Vector(1, 0)), ("y", Vector(1, 0))]), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "x") with { Access = ["user:bob"] }, Cancellation);
        await Writer.ReplaceAsync(Document("d3", "x"), Cancellation);
        await Writer.RemoveAsync("acme", ["d3"], Cancellation);
        PassOneSecond();

        (await Index.CountAsync(narrowing: null, Filter("acme", "alice"), Cancellation)).ShouldBe(2);
        (await Index.CountAsync(narrowing: null, Filter("acme", "bob"), Cancellation)).ShouldBe(3);
        (await Index.CountAsync(new SearchFilters { Documents = ["d2"] }, Filter("acme", "alice"), Cancellation)).ShouldBe(0);
        (await Index.CountAsync(new SearchFilters { Documents = ["d2"] }, Filter("acme", "bob"), Cancellation)).ShouldBe(1);
    }
}
