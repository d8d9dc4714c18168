using System.Text;
using CsCheck;
using RagApp.Embedding.Api;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Embedding;

public sealed class LongTextTests
{
    [Fact]
    public void Truncate_AnyText_IsTheLongestThatFitsAndCutsNoCharacter() => Gen.Select(
        Gen.OneOf(Gen.Const("a"), Gen.Const("é"), Gen.Const("中"), Gen.Const("😀"), Gen.Const(" ")).List[70, 200], Gen.Int[6, 60]).Sample((characters, most) =>
        {
            var text = string.Concat(characters);

            var cut = LongText.Truncate(text, "q", Count, most);

            Count(cut).ShouldBeInRange(most - 2, most);
            cut.ShouldStartWith("q");
            cut.EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
            var gap = cut.IndexOf(" … ", StringComparison.Ordinal);
            text.ShouldStartWith(cut[1..gap]);
            text.ShouldEndWith(cut[(gap + 3)..]);
        });

    private static int Count(string text) => text.EnumerateRunes().Count();
}
