using CsCheck;
using RagApp.Storage.Index;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage;

public sealed class Bm25Tests
{
    [Theory]
    [InlineData(1, 1, 0.287682)]
    [InlineData(100, 1, 4.209655)]
    [InlineData(100, 50, 0.693147)]
    [InlineData(0, 0, 0.693147)]
    public void Idf_ByTheFormula(long chunks, long withTerm, double expected) =>
        Bm25.Idf(chunks, withTerm).ShouldBe(expected, 1e-6);

    [Fact]
    public void Idf_MoreChunksWithTheTermThanThereAre_CountsAsAll() => Bm25.Idf(10, 12).ShouldBe(Bm25.Idf(10, 10));

    [Fact]
    public void Idf_AnyCounts_IsAboveZeroAndFallsWithEveryChunkThatHasTheTerm() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Double[0, 0.999]).Sample((chunks, share) =>
        {
            var having = (long)(chunks * share);
            return Bm25.Idf(chunks, having + 1) > 0 && Bm25.Idf(chunks, having) > Bm25.Idf(chunks, having + 1);
        });

    [Fact]
    public void TextWeight_OnceInATextOfAverageLength_IsOne() => Bm25.TextWeight(1, (int)Bm25.AverageTextLength).ShouldBe(1, 1e-9);

    [Fact]
    public void HeadingWeight_OnceInHeadingsOfAverageLength_IsOne() => Bm25.HeadingWeight(1, (int)Bm25.AverageHeadingLength).ShouldBe(1, 1e-9);

    [Fact]
    public void TextWeight_AnyText_GrowsWithOccurrencesFallsWithLengthAndIsBounded() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[1000, 5000]).Sample((occurrences, length) =>
            Bm25.TextWeight(occurrences + 1, length) > Bm25.TextWeight(occurrences, length)
            && Bm25.TextWeight(occurrences, length + 1) < Bm25.TextWeight(occurrences, length)
            && Bm25.TextWeight(occurrences, length) is > 0 and < Bm25.K1 + 1);
}
