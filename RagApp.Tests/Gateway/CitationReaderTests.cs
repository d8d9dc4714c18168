using CsCheck;
using RagApp.Gateway.Answers.Model;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Gateway;

public sealed class CitationReaderTests
{
    [Theory]
    [InlineData("Thirty days [2].", "Thirty days [1].", "2")]
    [InlineData("A [3]. B [1]. C [3].", "A [1]. B [2]. C [1].", "3,1")]
    [InlineData("A [1][2] and B [2, 3].", "A [1][2] and B [2][3].", "1,2,3")]
    [InlineData("A [9]. B [0]. C [1, 9].", "A. B. C [1].", "1")]
    [InlineData("In [2024] the array a[i] and [x] and [", "In [2024] the array a[i] and [x] and [", "")]
    [InlineData("[[1]] [ 2 ] [1", "[[1]] [2] [1", "1,2")]
    [InlineData("Line.\n\nNext [1]\n", "Line.\n\nNext [1]\n", "1")]
    public void Read_AnyPieces_RenumbersAndDropsWhatNamesNothing(string model, string expected, string cited) =>
        Gen.Int[1, 5].Array[0, model.Length].Sample(lengths =>
        {
            var reader = new CitationReader(passages: 3);
            var text = "";
            var passages = new List<int>();
            foreach (var piece in Pieces(model, lengths))
            {
                var read = reader.Read(piece);
                text += read.Text;
                passages.AddRange(read.Citations.Select(citation => citation.Passage + 1));
            }
            text += reader.Finish();

            text.ShouldBe(expected);
            string.Join(',', passages).ShouldBe(cited);
        });

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
