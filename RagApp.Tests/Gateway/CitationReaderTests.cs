using CsCheck;
using RagApp.Gateway.Answers.Model;

namespace RagApp.Tests.Gateway;

public sealed class CitationReaderTests
{
    [Theory]
    [InlineData("Thirty days [2].", "Thirty days< |2>.")]
    [InlineData("A [3]. B [1]. C [3].", "A< |3>. B< |1>. C< |3>.")]
    [InlineData("A [1][2] and B [2, 3] [1].", "A< |1,2> and B< |2,3,1>.")]
    [InlineData("A [9]. B [0]. C [1, 9].", "A. B. C< |1>.")]
    [InlineData("In [2024] the array a[i] and [x] and [", "In [2024] the array a[i] and [x] and [")]
    [InlineData("[[1]] [ 2 ] [1", "[<|1>]< |2> [1")]
    [InlineData("Line.\n\nNext [1]\n", "Line.\n\nNext< |1>\n")]
    [InlineData("A [1] [x]", "A< |1> [x]")]
    public void Read_AnyPieces_SeparatesTextAndMarkers(string model, string expected) =>
        Gen.Int[1, 5].Array[0, model.Length].Sample(lengths =>
        {
            var reader = new CitationReader([.. Enumerable.Repeat(AnswerFixture.Passage("a", "b"), 3)]);
            var read = Pieces(model, lengths).SelectMany(reader.Read).ToList();
            read.AddRange(reader.Finish());

            string.Concat(read.Select(Show)).ShouldBe(expected);
        });

    /// <summary>Shows citation markers as <c>&lt;space|numbers&gt;</c>; a marker whose numbers name no passage is removed.</summary>
    private static string Show(CitedText read) => read.Passages.Count == 0
        ? read.Text
        : $"{read.Text}<{read.Space}|{string.Join(',', read.Passages.Select(index => index + 1))}>";

    private static IEnumerable<string> Pieces(string text, int[] lengths)
    {
        var at = 0;
        foreach (var length in lengths.TakeWhile(_ => at < text.Length))
        {
            var end = Math.Min(at + length, text.Length);
            yield return text[at..end];
            at = end;
        }
        yield return text[at..];
    }
}
