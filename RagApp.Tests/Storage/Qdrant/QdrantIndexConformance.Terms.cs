using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>Term statistics: their counts, and searches without statistics.</summary>
public abstract partial class QdrantIndexConformance
{
    private TermStatistics Statistics => Writing.GetRequiredService<TermStatistics>();

    [Fact]
    public async Task TermStatistics_DocumentsWrittenAgainReplacedAndRemoved_CountOnce()
    {
        var two = Document("d1", [("apple pear", Vector(1, 0)), ("apple apple", Vector(0, 1))]);
        for (var i = 0; i < 3; i++)
            await Writer.ReplaceAsync(two, Cancellation);
        await Writer.ReplaceAsync(Document("d2", "Apfel und Apfel") with { Properties = Properties("de") }, Cancellation);
        await Writer.ReplaceAsync(Document("gone", "apple"), Cancellation);
        await CountShouldBeAsync("en", "appl", 3);
        (await LanguagesAsync()).ShouldBe(new Dictionary<string, long> { ["en"] = 3, ["de"] = 1 }, ignoreOrder: true);

        await Writer.RemoveAsync("acme", ["gone"], Cancellation);
        await Writer.RemoveAsync("acme", ["gone"], Cancellation);
        await CountShouldBeAsync("en", "appl", 2);
        await Writer.ReplaceAsync(Document("d1", "pear") with { Version = 2 }, Cancellation);
        await CountShouldBeAsync("en", "appl", 0);
        await CountShouldBeAsync("en", "pear", 1);
        await CountShouldBeAsync("de", "apfel", 1);
        (await LanguagesAsync()).ShouldBe(new Dictionary<string, long> { ["en"] = 1, ["de"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task TermStatistics_AccessChanges_CountForThoseWhoMayRead()
    {
        await Writer.ReplaceAsync(Document("d1", [("apple", Vector(1, 0)), ("pear", Vector(0, 1))]) with { Access = ["user:alice", "user:bob"] }, Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d3", "Apfel") with { Access = ["user:bob"], Properties = Properties("de") }, Cancellation);
        await CountShouldBeAsync("en", "appl", 2);
        (await LanguagesAsync()).ShouldBe(new Dictionary<string, long> { ["en"] = 3 });

        await Writer.ChangeAccessAsync("acme", ["d1", "unknown"], ["user:bob"], Cancellation);
        await CountShouldBeAsync("en", "appl", 1);
        await CountShouldBeAsync("en", "pear", 0);
        await CountShouldBeAsync("en", "appl", 2, "bob");
        (await LanguagesAsync("bob")).ShouldBe(new Dictionary<string, long> { ["en"] = 3, ["de"] = 1 }, ignoreOrder: true);

        await Statistics.ForgetAsync("acme", (await GenerationAsync()).Id, Cancellation);
        await Writing.GetRequiredService<TermCounting>().CatchUpAsync(Cancellation);
        await CountShouldBeAsync("en", "appl", 1);
        await CountShouldBeAsync("en", "appl", 2, "bob");

        await Writer.RemoveAsync("acme", ["d1", "d2", "d3"], Cancellation);
        (await LanguagesAsync()).ShouldBeEmpty();
        (await LanguagesAsync("bob")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TermStatistics_Lost_EveryWordCountsTheSameUntilTheyAreCountedAgain()
    {
        await Writer.ReplaceAsync(Document("both", "common rare"), Cancellation);
        await Writer.ReplaceAsync(Document("rare", "rare and a common word"), Cancellation);
        for (var i = 0; i < 4; i++)
            await Writer.ReplaceAsync(Document($"common{i}", "common"), Cancellation);
        PassOneSecond();
        var before = await FoundAsync("common rare");

        using var missing = new MetricCollector<long>(Reading.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.Missing);
        await Statistics.ForgetAsync("acme", (await GenerationAsync()).Id, Cancellation);
        PassOneSecond();
        var without = await FoundAsync("common rare");
        without.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        without.ShouldNotBe(before);
        missing.GetMeasurementSnapshot().Count.ShouldBe(1);
        (await Index.CorrectAsync(["comon"], Filter("acme", "alice"), Cancellation)).ShouldBeEmpty();

        await Writer.ReplaceAsync(Document("common0", "common"), Cancellation);
        await Writing.GetRequiredService<TermCounting>().CatchUpAsync(Cancellation);
        PassOneSecond();
        (await FoundAsync("common rare")).ShouldBe(before);
        (await Index.CorrectAsync(["comon"], Filter("acme", "alice"), Cancellation)).ShouldBe(new Dictionary<string, string> { ["comon"] = "common" });
    }

    [Fact]
    public async Task CorrectAsync_MisspeltWord_IsCorrectedOutOfWhatMayBeRead()
    {
        await Writer.ReplaceAsync(Document("open", "Parental leave is granted.") with { Title = "Benefits" }, Cancellation);
        await Writer.ReplaceAsync(Document("shut", "The merger with Initech was prepared.") with { Access = ["user:bob"] }, Cancellation);
        PassOneSecond();

        var words = new[] { "parentel", "lave", "granted", "benfits", "merjer", "zzzzzzzz", "is" };
        (await Index.CorrectAsync(words, Filter("acme", "alice"), Cancellation)).ShouldBe(
            new Dictionary<string, string> { ["parentel"] = "parental", ["lave"] = "leave", ["benfits"] = "benefits" }, ignoreOrder: true);
        (await Index.CorrectAsync(["merjer"], Filter("acme", "bob"), Cancellation)).ShouldBe(new Dictionary<string, string> { ["merjer"] = "merger" });
        (await Index.CorrectAsync(["parentel"], Filter("globex", "eve"), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchAsync_AnotherTenantUploads10000Chunks_ChangesNoScore()
    {
        await Writer.ReplaceAsync(Document("d1", "the pump has a valve", Vector(1, 0.2f)), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "a valve and another valve", Vector(0.3f, 1)), Cancellation);
        await Writer.ReplaceAsync(Document("d3", "pump station", Vector(-1, 0.1f)), Cancellation);
        PassOneSecond();
        var before = await SearchAsync(new ChunkQuery("valve of the pump", Vector(1, 0), Model, 10));

        for (var document = 0; document < 10; document++)
        {
            var chunks = Enumerable.Range(0, 1000).Select(i => ($"valve {document} {i} pump", Vector(1, i))).ToArray();
            await Writer.ReplaceAsync(Document($"d{document}", chunks) with { Tenant = "globex" }, Cancellation);
        }
        PassOneSecond();

        var after = await SearchAsync(new ChunkQuery("valve of the pump", Vector(1, 0), Model, 10));
        after.Keyword.Select(chunk => (chunk.Chunk.DocumentId, chunk.Score)).ShouldBe(before.Keyword.Select(chunk => (chunk.Chunk.DocumentId, chunk.Score)));
        after.Semantic.Select(chunk => (chunk.Chunk.DocumentId, chunk.Score)).ShouldBe(before.Semantic.Select(chunk => (chunk.Chunk.DocumentId, chunk.Score)));
        before.Keyword.Count.ShouldBe(3);
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(10_000);
    }

    private async Task<IndexGeneration> GenerationAsync() => (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldNotBeNull();

    private async Task<Dictionary<string, double>> FoundAsync(string text) =>
        (await SearchAsync(new ChunkQuery(text, Vector: null, Model: null, 100))).Keyword.ToDictionary(found => found.Chunk.DocumentId, found => found.Score);

    private async Task<Dictionary<string, long>> LanguagesAsync(string subject = "alice") => (await ReadableAsync(subject))
        .GroupBy(list => list.Key.Language, StringComparer.Ordinal)
        .ToDictionary(language => language.Key, language => language.Sum(list => list.Value), StringComparer.Ordinal);

    private async Task<IReadOnlyDictionary<ReadableList, long>> ReadableAsync(string subject) =>
        (await Statistics.FindReadableAsync("acme", (await GenerationAsync()).Id, Filter("acme", subject).Entries, Cancellation)).ShouldNotBeNull();

    private async Task CountShouldBeAsync(string language, string term, long chunks, string subject = "alice")
    {
        var lists = (await ReadableAsync(subject)).Keys.Select(list => list.Fingerprint).Distinct(StringComparer.Ordinal);
        (await Statistics.CountAsync("acme", (await GenerationAsync()).Id, lists, [SparseTerms.PlaceOf(language, term)], Cancellation)).ShouldBe([chunks]);
    }
}
