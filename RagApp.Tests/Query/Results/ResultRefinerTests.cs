using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.Contracts.Search;
using RagApp.Query.Results;

namespace RagApp.Tests.Query.Results;

/// <summary>Refinement of ranked passages for display, without a reranker.</summary>
public sealed class ResultRefinerTests
{
    private const string Leave = "Every employee has 30 days of paid leave per year, and takes at least ten of them in summer.";
    private const string Pay = "Salaries are paid on the 25th of each month by bank transfer to an account in the name of the employee.";
    private const string Badge = "A lost badge is reported to the front desk within a day, where a new one costs 15 euros.";

    [Fact]
    public async Task Refine_TheSameWordsTwice_ShowsTheBetterAndNamesTheOther()
    {
        var refined = await RefineAsync(top: 5, Hit("a", 0, Leave, 0.9), Hit("b", 3, $"• {Leave.ToUpperInvariant().Replace(", ", ",\n")}", 0.8), Hit("c", 0, Pay, 0.7));

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "c"]);
        refined.Hits[0].AlsoIn.ShouldBe(["b"]);
        refined.Hits[1].AlsoIn.ShouldBeNull();
        refined.Refinement.Duplicates.ShouldBe(1);
    }

    [Theory]
    [InlineData("30 days", "28 days")]
    [InlineData("has 30", "has not 30")]
    [InlineData("summer", "winter")]
    [InlineData("30 days", "30 % days")]
    public async Task Refine_OneWordIsDifferent_ShowsBoth(string word, string other)
    {
        var refined = await RefineAsync(top: 5, Hit("a", 0, Leave, 0.9), Hit("b", 0, Leave.Replace(word, other), 0.8));

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "b"]);
        refined.Refinement.Duplicates.ShouldBe(0);
    }

    [Fact]
    public async Task Refine_NearlyTheSame_LetsOthersThatAreGoodPass()
    {
        var refined = await RefineAsync(top: 5,
            Hit("a", 0, Leave, 0.9), Hit("b", 0, Leave.Replace("summer", "winter"), 0.85), Hit("c", 0, Pay, 0.8), Hit("d", 0, Badge, 0.1));

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "c", "b", "d"]);
        refined.Refinement.Diversified.ShouldBe(1);
    }

    [Fact]
    public async Task Refine_OneDocumentFillsTheList_LetsOthersThatAreGoodPass()
    {
        var many = Enumerable.Range(0, 5).Select(i => Hit("a", 10 * i, $"Paragraph {i}{i}{i} says something {Word(i)}.", 0.9 - 0.01 * i)).ToArray();

        var refined = await RefineAsync(top: 6, [.. many, Hit("b", 0, Pay, 0.6), Hit("c", 0, Badge, 0.2)]);

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "a", "a", "b", "a", "a"]);
        refined.Refinement.Diversified.ShouldBe(2);
    }

    [Fact]
    public async Task Refine_Neighbours_BecomeOneHitInTheOrderOfTheDocument()
    {
        var refined = await RefineAsync(top: 5,
            Hit("a", 5, Pay, 0.9) with { Page = 3 }, Hit("a", 3, Leave, 0.8) with { Page = 2 }, Hit("b", 4, Word(1), 0.7), Hit("a", 4, Badge, 0.6));

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "b"]);
        var joined = refined.Hits[0];
        joined.Text.ShouldBe($"{Leave}\n\n{Badge}\n\n{Pay}");
        joined.ShouldSatisfyAllConditions(
            hit => hit.Ordinal.ShouldBe(5),
            hit => hit.Page.ShouldBe(3),
            hit => hit.Score.ShouldBe(0.9));
        joined.Parts.ShouldNotBeNull().Select(part => (part.Ordinal, part.Page, part.Text)).ShouldBe([(3, 2, Leave), (4, null, Badge), (5, 3, Pay)]);
        refined.Refinement.Merged.ShouldBe(2);
    }

    [Fact]
    public async Task Refine_NeighboursOfAnotherVersion_AreNotJoined()
    {
        var refined = await RefineAsync(top: 5, Hit("a", 1, Leave, 0.9), Hit("a", 2, Pay, 0.8) with { Version = 2 });

        refined.Hits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Refine_WithoutJoining_KeepsEachPassage()
    {
        var refined = await RefineAsync([("Results:MaxJoined", "1")], top: 5, Hit("a", 1, Leave, 0.9), Hit("a", 2, Pay, 0.8));

        refined.Hits.Select(hit => hit.Text).ShouldBe([Leave, Pay]);
    }

    [Fact]
    public async Task Refine_NamedBeforeABetterOne_StaysThere()
    {
        var refined = await RefineAsync(top: 5, Hit("named", 0, Badge, 0.2), Hit("a", 0, Leave, 0.9), Hit("b", 0, Pay, 0.8));

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["named", "a", "b"]);
    }

    [Fact]
    public async Task Refine_NothingFound_IsNothing() =>
        (await RefineAsync(top: 5)).Hits.ShouldBeEmpty();

    /// <summary>For any results, the best passage stays first, no text is lost unless another passage shows it, and no text is shown twice.</summary>
    [Fact]
    public void Refine_Anything_LosesNoText() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 6], Gen.Int[0, 4]).Array[1, 30].Sample(rows =>
        {
            var hits = rows.DistinctBy(row => (row.Item1, row.Item2))
                .Select((row, i) => Hit($"d{row.Item1}", row.Item2, Text(row.Item3), 1 - 0.01 * i)).ToArray();

            var refined = RefineAsync(top: 100, hits).GetAwaiter().GetResult();

            var shown = refined.Hits.SelectMany(hit => hit.Parts ?? [hit]).ToList();
            refined.Hits[0].DocumentId.ShouldBe(hits[0].DocumentId);
            shown.Count.ShouldBe(hits.Length - refined.Refinement.Duplicates);
            shown.DistinctBy(hit => (hit.DocumentId, hit.Ordinal)).Count().ShouldBe(shown.Count);
            shown.Select(hit => hit.Text).ToHashSet().SetEquals(hits.Select(hit => hit.Text)).ShouldBeTrue();
        }, iter: 200);

    private static string Text(int kind) => kind switch { 0 => Leave, 1 => Pay, 2 => Badge, _ => Word(kind) };

    private static string Word(int i) => $"Nothing but the {(char)('a' + i)}{(char)('k' + i)}{(char)('o' + i)} of it.";

    private static SearchHit Hit(string document, int ordinal, string text, double score) =>
        new(document, 1, ordinal, document, $"{document}.md", "", null, text, score, 1, 0.9);

    private static Task<RefinedHits> RefineAsync(int top, params SearchHit[] ranked) => RefineAsync([], top, ranked);

    private static async Task<RefinedHits> RefineAsync((string Key, string Value)[] settings, int top, params SearchHit[] ranked)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
        builder.AddResults();
        using var host = builder.Build();
        return await host.Services.GetRequiredService<ResultRefiner>().RefineAsync(Embedding.EmbeddingUnderTest.Alice, "How?", ranked, top, Cancellation);
    }
}
