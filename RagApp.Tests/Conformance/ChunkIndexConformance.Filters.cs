using RagApp.Contracts.Search;
using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>Searches restricted to some documents, and lists that also score the chunks found only by the other list.</summary>
public abstract partial class ChunkIndexConformance
{
    private static readonly DateTimeOffset NewYear = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<SearchFilters, string> Narrowings => new()
    {
        { new SearchFilters(), "mail note report" },
        { new SearchFilters { Documents = ["note", "mail", "hidden"] }, "mail note" },
        { new SearchFilters { Documents = [] }, "" },
        { new SearchFilters { Sources = ["upload"] }, "note report" },
        { new SearchFilters { Types = ["pdf", "eml"] }, "mail report" },
        { new SearchFilters { Tags = ["budget"] }, "mail report" },
        { new SearchFilters { Tags = ["Budget"] }, "" },
        { new SearchFilters { Languages = ["de"] }, "note" },
        { new SearchFilters { From = NewYear }, "report" },
        { new SearchFilters { Before = NewYear }, "mail" },
        { new SearchFilters { From = NewYear.AddDays(-1), Before = NewYear.AddSeconds(1) }, "mail report" },
        { new SearchFilters { Tags = ["budget"], Types = ["eml"], Before = NewYear }, "mail" },
        { new SearchFilters { Tags = ["budget"], Languages = ["de"] }, "" },
    };

    [Theory]
    [MemberData(nameof(Narrowings))]
    public async Task SearchAsync_Narrowed_FindsTheseDocumentsOnly(SearchFilters narrowing, string expected)
    {
        await AddNarrowedAsync();
        var wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10) { Filters = narrowing });
        found.Keyword.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(wanted, ignoreOrder: true);
        found.Semantic.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(wanted, ignoreOrder: true);
        (await Index.CountAsync(narrowing, Filter("acme", "alice"), Cancellation)).ShouldBe(wanted.Length);
    }

    [Fact]
    public async Task SearchAsync_WhatOnlyOneListFinds_HasTheOthersScoreToo()
    {
        await Writer.ReplaceAsync(Document("words", [("apple apple apple", Vector(0, 1)), ("nothing", Vector(1, 0.1f))]), Cancellation);
        await Writer.ReplaceAsync(Document("both", "apple and more words about other things", Vector(1, 0.2f)), Cancellation);
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 1));
        var (keyword, semantic) = (Scores(found.Keyword), Scores(found.Semantic));

        // In keyword search, "words 0" is first and "words 1" has no score; in vector search, "words 1" is first.
        keyword.Keys.ShouldBe([("words", 0)]);
        semantic.Keys.ShouldBe([("words", 1), ("words", 0)]);
        semantic[("words", 0)].ShouldBe(0, 1e-5);
        var all = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));
        Scores(all.Keyword)[("words", 0)].ShouldBe(keyword[("words", 0)], 1e-5);
        Scores(all.Semantic)[("words", 0)].ShouldBe(semantic[("words", 0)], 1e-5);
        all.Keyword.Count.ShouldBe(2);
        all.Semantic.Count.ShouldBe(3);
    }

    [Fact]
    public async Task SearchAsync_BothLists_AreAtMostTwiceTheLimitAndSorted()
    {
        await Writer.ReplaceAsync(
            Document("d1", [.. Enumerable.Range(0, 20).Select(i => (string.Join(' ', Enumerable.Repeat("word", i + 1)), Vector(1, i)))]), Cancellation);
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("word", Vector(1, 0), Model, 3));
        foreach (var list in new[] { found.Keyword, found.Semantic })
        {
            list.Count.ShouldBe(6);
            list.Select(chunk => chunk.Score).ShouldBeInOrder(SortDirection.Descending);
        }
        found.Semantic.Take(3).Select(chunk => chunk.Chunk.Ordinal).ShouldBe([0, 1, 2]);
        found.Keyword.Select(chunk => chunk.Chunk.Ordinal).ShouldBe(found.Semantic.Select(chunk => chunk.Chunk.Ordinal), ignoreOrder: true);
    }

    private async Task AddNarrowedAsync()
    {
        var day = TimeSpan.FromDays(1);
        await Writer.ReplaceAsync(Document("mail", "apple") with { Properties = new DocumentProperties("mail", "eml", "en", NewYear - (day / 2), ["budget", "2024"]) }, Cancellation);
        await Writer.ReplaceAsync(Document("report", "apple") with { Properties = new DocumentProperties("upload", "pdf", "en", NewYear, ["budget"]) }, Cancellation);
        await Writer.ReplaceAsync(Document("note", "Apple") with { Properties = new DocumentProperties("upload", "txt", "de", Date: null, ["with space"]) }, Cancellation);
        await Writer.ReplaceAsync(Document("hidden", "apple") with
        {
            Access = ["user:bob"],
            Properties = new DocumentProperties("upload", "pdf", "en", NewYear, ["budget"]),
        }, Cancellation);
        PassOneSecond();
    }

    private static Dictionary<(string, int), double> Scores(IReadOnlyList<ScoredChunk> list) =>
        list.ToDictionary(found => (found.Chunk.DocumentId, found.Chunk.Ordinal), found => found.Score);
}
