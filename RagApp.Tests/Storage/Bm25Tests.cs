using CsCheck;
using RagApp.Storage.Index;

namespace RagApp.Tests.Storage;

public sealed class Bm25Tests
{
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
