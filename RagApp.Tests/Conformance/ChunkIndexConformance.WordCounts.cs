using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Query.Ranking;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Conformance;

/// <summary>
/// A side-channel attack: a user adds a probe document with the words to spy on, searches for each word, and observes
/// scores and order. Documents that the user may not read must not change them.
/// </summary>
public abstract partial class ChunkIndexConformance
{
    private static readonly string[] Spied = ["merger", "dismissal", "insolvency", "salary", "bonus", "lawsuit"];

    private static readonly string[] Questions =
        [.. Spied, "merger dismissal salary", "bonus of the lawsuit", "insolvncy", "salari", "kettle", "die Kündigung"];

    private readonly Ranker _ranker = new(new TextAnalysis(), Options.Create(new RankingOptions()));

    [Fact]
    public async Task SearchAsync_OneSearchForEachSpiedWord_ShowsNothingOfWhatMayNotBeRead()
    {
        await Writer.ReplaceAsync(Document("probe", string.Join(' ', Spied), Vector(1, 0.5f)), Cancellation);
        await Writer.ReplaceAsync(Document("own", [("merger and salary", Vector(1, 0)), ("kettle and bonus", Vector(0, 1))]), Cancellation);
        await Writer.ReplaceAsync(Document("once read", "lawsuit bonus merger") with { Access = ["user:bob"] }, Cancellation);
        PassOneSecond();
        var before = await SpyAsync("merger");
        before.ShouldContain(line => line.StartsWith("probe", StringComparison.Ordinal));

        foreach (var secret in Secrets())
            await Writer.ReplaceAsync(secret, Cancellation);
        PassOneSecond();
        (await SpyAsync("merger")).ShouldBe(before);

        await Writer.ChangeAccessAsync("acme", ["once read"], ["user:alice"], Cancellation);
        PassOneSecond();
        (await SpyAsync("merger")).ShouldNotBe(before, "what may be read counts");
        await Writer.ChangeAccessAsync("acme", ["once read"], ["group:board"], Cancellation);
        PassOneSecond();
        (await SpyAsync("merger")).ShouldBe(before);

        await Writer.RemoveAsync("acme", [.. Secrets().Select(secret => secret.DocumentId)], Cancellation);
        PassOneSecond();
        (await SpyAsync("merger")).ShouldBe(before);
    }

    /// <summary>Documents that Alice may not read: some contain the spied words, others similar words or text in another language.</summary>
    private static IEnumerable<IndexedDocument> Secrets()
    {
        for (var number = 0; number < 24; number++)
        {
            var text = string.Join(' ', Spied.Where((_, word) => number % (word + 1) == 0)) + $" insolvencx{(char)('a' + number)} salarie kettel";
            yield return Document($"secret{number}", [(text, Vector(1, number)), (text, Vector(number, 1))]) with { Access = [number % 2 == 0 ? "user:bob" : "group:board"] };
        }
        yield return Document("geheim", "Die Kündigung und der merger") with { Access = ["user:bob"], Properties = Properties("de") };
    }

    /// <summary>Everything that searches reveal to Alice, as text with numbers in full precision.</summary>
    private async Task<List<string>> SpyAsync(string narrowedTo)
    {
        var filter = Filter("acme", "alice");
        var lines = new List<string>();
        foreach (var question in Questions)
        {
            var found = await Index.SearchAsync(new ChunkQuery(question, Vector(1, 1), Model, 10), filter, Cancellation);
            lines.AddRange(Lines(found.Keyword));
            lines.AddRange(Lines(found.Semantic));
            lines.AddRange(found.TermWeights.OrderBy(term => term.Key, StringComparer.Ordinal).Select(term => Line(term.Key, term.Value)));
            lines.AddRange(_ranker.Rank(found, question, 0.5, 10).Select(hit => Line($"{hit.DocumentId} {hit.Relevance:R} {hit.KeywordScore:R}", hit.Score)));
            lines.AddRange((await Index.CorrectAsync(question.Split(' '), filter, Cancellation)).Select(correction => $"{correction.Key} {correction.Value}"));
        }
        var narrowed = new ChunkQuery(narrowedTo, Vector(1, 1), Model, 10) { Filters = new Contracts.Search.SearchFilters { Documents = ["own"] } };
        lines.AddRange(Lines((await Index.SearchAsync(narrowed, filter, Cancellation)).Keyword));
        lines.Add(Line("count", await Index.CountAsync(narrowing: null, filter, Cancellation)));
        return lines;
    }

    private static IEnumerable<string> Lines(IEnumerable<ScoredChunk> list) => list.Select(found => Line($"{found.Chunk.DocumentId} {found.Chunk.Ordinal}", found.Score));

    private static string Line(string what, double value) => string.Create(CultureInfo.InvariantCulture, $"{what} {value:R}");
}
