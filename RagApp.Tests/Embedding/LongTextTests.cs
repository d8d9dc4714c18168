using System.Text;
using CsCheck;
using RagApp.Embedding.Api;

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

    [Fact]
    public void Windows_AnyText_AreFullAndTogetherTheText() => Gen.Select(
        Gen.OneOf(Gen.Const("a"), Gen.Const("é"), Gen.Const("中"), Gen.Const("😀"), Gen.Const(" ")).List[1, 300], Gen.Int[3, 60]).Sample((characters, most) =>
        {
            var text = string.Concat(characters);

            var windows = LongText.Windows(text, "q", Count, most).ToList();

            windows.ShouldAllBe(window => window.StartsWith('q') && Count(window) <= most);
            WithoutSpaces(string.Concat(windows.Select(window => window[1..]))).ShouldBe(WithoutSpaces(text));
            windows.SkipLast(1).ShouldAllBe(window => Count(window) >= most / 2);
        });

    private static string WithoutSpaces(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static int Count(string text) => text.EnumerateRunes().Count();
}
