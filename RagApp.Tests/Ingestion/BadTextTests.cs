using RagApp.Benchmarks.Chunking;
using RagApp.Ingestion.Chunking;
using RagApp.Parsing;
using RagApp.Tests.TestServices.CountedWork;
using RagApp.Text;

namespace RagApp.Tests.Ingestion;

/// <summary>Worst-case texts: the service's work on a text is linear in its length.</summary>
public sealed class BadTextTests
{
    private const int Million = 1_000_000;

    public static TheoryData<string> Kinds => new(BadTexts.All.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cut_BadText_WorkGrowsInProportion(string kind) => Proportion.ShouldHold(typeof(BadTextWork), nameof(BadTextWork.Cut), kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Screen_BadText_WorkGrowsInProportion(string kind) => Proportion.ShouldHold(typeof(BadTextWork), nameof(BadTextWork.Screen), kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_BadText_WorkGrowsInProportion(string kind) => Proportion.ShouldHold(typeof(BadTextWork), nameof(BadTextWork.Index), kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cut_BadText_KeepsTheLimitsAndValidUnicode(string kind)
    {
        var passages = Chunker.Cut("A title", BadTexts.All[kind](50_000), Cancellation);

        foreach (var passage in passages)
        {
            passage.Text.ShouldNotBeNullOrWhiteSpace();
            passage.Text.Length.ShouldBeLessThanOrEqualTo(ChunkSize.MaxCharacters);
            WordMeasure.Words(passage.Text).ShouldBeLessThanOrEqualTo(ChunkSize.MaxWords + 0.001);
            passage.Text.ShouldNotContain("\uFFFD");
            passage.Text.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
        }
    }

    [Theory]
    [InlineData("one row of cells")]
    [InlineData("rows of one cell")]
    public void Cut_MillionCells_AreCut(string kind) => Chunker.Cut("A title", BadTexts.All[kind](4 * Million), Cancellation).ShouldNotBeEmpty();

    [Fact]
    public void Cut_MillionHeadings_IsRefusedWithAWayOut()
    {
        var headings = BadTexts.All["headings"](10 * Million);
        headings.Count.ShouldBe(Million);

        Should.Throw<ParseLimitException>(() => Chunker.Cut("A title", headings, Cancellation)).Message.ShouldContain("Split it into several documents");
    }

    [Fact]
    public void Cut_LongHeadingsOverManyPassages_IsRefusedWithAWayOut()
    {
        var blocks = Enumerable.Range(1, 6).Select(level => new TextBlock(BlockKind.Heading, $"{level}{new string('h', 199)}", level, null))
            .Concat(Enumerable.Range(0, 50_000).SelectMany(_ => new[] { new TextBlock(BlockKind.Heading, "h", 6, null), new TextBlock(BlockKind.Paragraph, "text", 0, null) }));

        Should.Throw<ParseLimitException>(() => Chunker.Cut("A title", [.. blocks], Cancellation)).Message.ShouldContain("shorten its headings");
    }

    [Fact]
    public void Cut_Stopped_Ends()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Should.Throw<OperationCanceledException>(() => Chunker.Cut("A title", BadTexts.All["one word"](10_000), stopped.Token));
    }
}
