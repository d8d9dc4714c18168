using System.Text;
using CsCheck;
using RagApp.Text;

namespace RagApp.Tests.Text;

public sealed class TruncationTests
{
    private static readonly Gen<string> AnyText =
        Gen.OneOf("a", "é", "中", "😀", "𝄞", " ").List[0, 20].Select(characters => string.Concat(characters));

    [Theory]
    [InlineData("plain", 3, "pla", "ain")]
    [InlineData("plain", 5, "plain", "plain")]
    [InlineData("plain", 9, "plain", "plain")]
    [InlineData("plain", 0, "", "")]
    [InlineData("😀😀", 3, "😀", "😀")]
    [InlineData("😀😀", 2, "😀", "😀")]
    [InlineData("😀😀", 1, "", "")]
    [InlineData("", 0, "", "")]
    public void HeadAndTail_Text_EndBetweenCharacters(string text, int length, string head, string tail)
    {
        Truncation.Head(text, length).ShouldBe(head);
        Truncation.Tail(text, length).ShouldBe(tail);
        Truncation.LengthOfHead(text, length).ShouldBe(head.Length);
    }

    [Fact]
    public void HeadAndTail_AnyText_AreValidAndAsLongAsCanBe() => Gen.Select(AnyText, Gen.Int[0, 45]).Sample((text, length) =>
    {
        var (head, tail) = (Truncation.Head(text, length), Truncation.Tail(text, length));
        text.ShouldSatisfyAllConditions(() => text.ShouldStartWith(head), () => text.ShouldEndWith(tail));
        foreach (var part in new[] { head, tail })
        {
            part.EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
            part.Length.ShouldBeInRange(Math.Min(text.Length, length - 1), length);
        }
    });
}
