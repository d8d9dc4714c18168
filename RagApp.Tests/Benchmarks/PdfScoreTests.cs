using RagApp.Benchmarks.PdfTexts;

namespace RagApp.Tests.Benchmarks;

/// <summary>The measures of the verb <c>pdf</c>.</summary>
public sealed class PdfScoreTests
{
    [Fact]
    public void Score_SameWordsInOtherForms_AgreesInFull()
    {
        var score = Score("The high-voltage hall holds 10^6 litres [1].", "The high-\nvoltage hall holds 106 litres1.", "the highvoltage hall holds 106 litres 1");

        (score.WithPoppler, score.WithMuPdf, score.Words).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void Score_WordThatBothOthersHave_IsMissing()
    {
        var score = Score("one two four five", "one two three four five", "one two three four five");

        score.Missing.ShouldBe(["three"]);
        score.Words.ShouldBe(0.8, 0.001);
        score.Below.ShouldBe(1, 0.001);
    }

    private static PdfScore Score(string own, string poppler, string mupdf) => new("a.pdf", new ThreeTexts(1, own, poppler, mupdf, 1, 1, 1));
}
