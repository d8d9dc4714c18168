using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>Replacing and removing documents, and searching for them afterwards.</summary>
public abstract partial class ChunkIndexConformance
{
    [Fact]
    public async Task ReplaceAsync_NewVersion_TakesTheOldOnesPlace()
    {
        await Writer.ReplaceAsync(Document("d1", [("old apple", Vector(1, 0)), ("old pear", Vector(1, 0))]), Cancellation);
        await Writer.ReplaceAsync(Document("d1", "new apple") with { Version = 2, Access = ["user:bob"] }, Cancellation);
        PassOneSecond();

        (await KeywordAsync("apple pear")).ShouldBeEmpty();
        var bobs = await Index.SearchAsync(new ChunkQuery("apple pear", Vector(1, 0), Model, 10), Filter("acme", "bob"), Cancellation);
        bobs.Keyword.ShouldHaveSingleItem().Chunk.Version.ShouldBe(2);
        bobs.Semantic.ShouldHaveSingleItem().Chunk.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ReplaceAsync_NoChunks_LeavesTheDocumentEmpty()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d1", []) with { Version = 2 }, Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReplaceAsync_WhileSearching_ShowsOneVersionWhole()
    {
        const int versions = 25;
        const int chunks = 6;
        await Writer.ReplaceAsync(Version(1), Cancellation);
        var writing = Task.Run(async () =>
        {
            for (var version = 2; version <= versions; version++)
                await Writer.ReplaceAsync(Version(version), Cancellation);
        }, Cancellation);

        var seen = new HashSet<int>();
        var last = false;
        while (!last)
        {
            last = writing.IsCompleted;
            PassOneSecond();
            var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 100));
            foreach (var list in new[] { found.Keyword, found.Semantic })
            {
                list.Select(chunk => chunk.Chunk.Version).Distinct().ShouldHaveSingleItem();
                list.Select(chunk => chunk.Chunk.Ordinal).Order().ShouldBe(Enumerable.Range(0, chunks));
            }
            seen.Add(found.Keyword[0].Chunk.Version);
        }
        await writing;
        seen.Max().ShouldBe(versions);

        static IndexedDocument Version(int number) =>
            Document("d1", [.. Enumerable.Range(0, chunks).Select(i => ($"apple {number} {i}", Vector(1, i)))]) with { Version = number };
    }

    [Fact]
    public async Task ReplaceAsync_ManyAtOnce_AllArrive()
    {
        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Cancellation }, async (i, token) =>
            await Writer.ReplaceAsync(Document($"d{i % 30}", $"apple {i}") with { Tenant = i % 2 == 0 ? "acme" : "globex" }, token));
        PassOneSecond();

        (await KeywordAsync("apple", limit: 100)).Count.ShouldBe(15);
    }

    [Fact]
    public async Task ReplaceAsync_VectorWithoutAValue_IsRefusedAndHarmsNothing()
    {
        await Should.ThrowAsync<ArgumentException>(Writer.ReplaceAsync(Document("bad", "apple", Vector(float.NaN, 1)), Cancellation));
        await Should.ThrowAsync<ArgumentException>(Writer.ReplaceAsync(Document("bad", "apple", Vector()), Cancellation));
        await Writer.ReplaceAsync(Document("good", "apple"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["good"]);
    }

    [Fact]
    public async Task RemoveAsync_Document_IsGoneFromBothLists()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await Writer.RemoveAsync("acme", ["d1"], Cancellation);
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["d2"]);
        (await SemanticAsync(Vector(1, 0), Model)).ShouldBe(["d2"]);
    }

    [Fact]
    public async Task RemoveAsync_NothingThere_IsFine()
    {
        await Writer.RemoveAsync("acme", ["d1"], Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await Writer.RemoveAsync("acme", ["d1"], Cancellation);
        (await KeywordAsync("apple")).ShouldBe(["d2"]);
    }

    [Fact]
    public async Task ReopenAsync_AfterWriting_FindsEverythingAgain()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await Writer.RemoveAsync("acme", ["d2"], Cancellation);
        await ReopenAsync();

        (await KeywordAsync("apple")).ShouldBe(["d1"]);
        await Writer.ReplaceAsync(Document("d3", "apple"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d3"], ignoreOrder: true);
    }
}
