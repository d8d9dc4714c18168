using CsCheck;
using RagApp.Text;

namespace RagApp.Tests.Text;

public sealed class IdfTests
{
    [Theory]
    [InlineData(1, 1, 0.287682)]
    [InlineData(100, 1, 4.209655)]
    [InlineData(100, 50, 0.693147)]
    [InlineData(0, 0, 0.693147)]
    public void Bm25_ByTheFormula(long texts, long having, double expected) =>
        Idf.Bm25(texts, having).ShouldBe(expected, 1e-6);

    [Fact]
    public void Bm25_MoreTextsWithTheWordThanThereAre_CountsAsAll() => Idf.Bm25(10, 12).ShouldBe(Idf.Bm25(10, 10));

    [Fact]
    public void Bm25_AnyCounts_IsAboveZeroAndFallsWithEveryTextThatHasTheWord() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Double[0, 0.999]).Sample((texts, share) =>
        {
            var some = (long)(texts * share);
            return Idf.Bm25(texts, some + 1) > 0 && Idf.Bm25(texts, some) > Idf.Bm25(texts, some + 1);
        });

    [Theory]
    [InlineData(1, 1, 0.847298)]
    [InlineData(10, 1, 2.120264)]
    [InlineData(10, 10, 0.716678)]
    [InlineData(10, 0, 3.135494)]
    public void AmongFew_ByTheFormula(int texts, int having, double expected) =>
        Idf.AmongFew(texts, having).ShouldBe(expected, 1e-6);

    [Fact]
    public void AmongFew_AWordThatAllTextsHave_StillCounts() =>
        Gen.Int[1, 1_000_000].Sample(texts => Idf.AmongFew(texts, texts) > 0.69);
}
