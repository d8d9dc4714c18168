using CsCheck;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Terms;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>
/// Numeric representation of terms: sparse vectors, a document's contribution to the statistics, candidates for spelling
/// correction, and point ids.
/// </summary>
public sealed class TermTests
{
    private static readonly Gen<string[]> Words = Gen.OneOf("apple", "pear", "plum", "fig", "date").Array[0, 30];

    [Fact]
    public void OfChunk_AnyTexts_GivesTheScoreOfTheFormula() => Gen.Select(Words, Words).Sample((text, headings) =>
    {
        var vector = SparseTerms.OfChunk("en", text, headings);

        vector.Indices.ShouldBe(vector.Indices.Distinct().Order());
        foreach (var term in text.Concat(headings).Distinct(StringComparer.Ordinal))
        {
            var weight = vector.Values[vector.Indices.ToList().IndexOf(SparseTerms.PlaceOf("en", term))];
            var (inText, inHeadings) = (text.Count(word => word == term), headings.Count(word => word == term));
            var expected = (inText == 0 ? 0 : Bm25.TextWeight(inText, text.Length))
                + (inHeadings == 0 ? 0 : Bm25.HeadingShare * Bm25.HeadingWeight(inHeadings, headings.Length));
            weight.ShouldBe((float)expected, 1e-6f);
        }
    });

    [Fact]
    public void PlaceOf_SameTerm_StaysTheSameForEverAndDiffersByLanguage()
    {
        SparseTerms.PlaceOf("en", "apple").ShouldBe(1172223818u);
        SparseTerms.PlaceOf("de", "apple").ShouldNotBe(1172223818u);
    }

    [Fact]
    public void Write_AnyTerms_ReadsBackTheSame() =>
        Gen.Select(Gen.OneOf("en", "de", "zh-Hant"), Words, Gen.Int[0, 100_000], Gen.Dictionary(Gen.UInt, Gen.Int[1, 1000])[0, 200]).Sample((language, access, chunks, terms) =>
        {
            var read = DocumentTerms.Read(new DocumentTerms(language, access, chunks, terms).Write());
            read.Language.ShouldBe(language);
            read.Access.ShouldBe(access);
            read.Chunks.ShouldBe(chunks);
            read.ChunksWithTerm.ShouldBe(terms, ignoreOrder: true);
        });

    [Theory]
    [InlineData("parentel", "parental", 1)]
    [InlineData("recieve", "receive", 1)]
    [InlineData("acomodation", "accommodation", 2)]
    [InlineData("leave", "leave", 0)]
    [InlineData("cat", "dog", int.MaxValue)]
    [InlineData("house", "mouth", int.MaxValue)]
    [InlineData("lave", "live", 1)]
    [InlineData("vave", "valves", int.MaxValue)]
    [InlineData("kettle", "battle", 2)]
    [InlineData("kettle", "marble", int.MaxValue)]
    public void Distance_ByLettersToChange(string one, string other, int expected) => WrittenWords.Distance(one, other).ShouldBe(expected);

    [Fact]
    public void Of_Text_GivesWordsOfLettersInLowerCase() =>
        WrittenWords.Of("The Übersicht (2024), über IT-7: Mitarbeiter-Handbuch; 概要の説明 cat").ShouldBe(["übersicht", "über", "mitarbeiter", "handbuch"], ignoreOrder: true);

    [Fact]
    public void GroupInOrderAsync_PointsById_GivesDocumentsInOrdinalOrder() =>
        Gen.String[Gen.OneOf('a', 'b', '0', '9'), 1, 12].Array[0, 40].Sample(ids =>
        {
            var points = ids.Distinct(StringComparer.Ordinal)
                .SelectMany(id => Enumerable.Range(0, 3).Select(ordinal => (Id: id, Point: PointIds.Of("acme", "g", id, "i1", 1, ordinal))))
                .OrderBy(point => point.Point.ToString("N"), StringComparer.Ordinal)
                .Select(point => point.Id);

            var groups = PointIds.GroupInOrderAsync(points.ToAsyncEnumerable(), id => id, TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

            groups.Select(group => group[0]).ShouldBe(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            groups.ShouldAllBe(group => group.Count == 3);
        });
}
