using RagApp.Text;

namespace RagApp.Tests.Text;

public sealed class ScriptsTests
{
    [Theory]
    [InlineData("aZéŁẞệ", Script.Latin, false)]
    [InlineData("αΩ", Script.Greek, false)]
    [InlineData("яЁ", Script.Cyrillic, false)]
    [InlineData("հ", Script.Armenian, false)]
    [InlineData("ש", Script.Hebrew, false)]
    [InlineData("بپ", Script.Arabic, false)]
    [InlineData("अ", Script.Devanagari, false)]
    [InlineData("ก", Script.Thai, true)]
    [InlineData("ກ", Script.Lao, true)]
    [InlineData("က", Script.Burmese, true)]
    [InlineData("ក", Script.Khmer, true)]
    [InlineData("한글ᄀ", Script.Hangul, false)]
    [InlineData("あアｱ", Script.Kana, true)]
    [InlineData("中文", Script.Han, true)]
    [InlineData("\u3005\u3105\uF900\U00020000", Script.OtherEastAsian, true)]
    [InlineData("\uA984", Script.OtherSouthEastAsian, true)]
    [InlineData("1 .?გ😀", Script.Other, false)]
    public void Of_Characters_AreOfTheScript(string characters, Script script, bool hasNoSpaces)
    {
        foreach (var rune in characters.EnumerateRunes())
        {
            Scripts.Of(rune.Value).ShouldBe(script, rune.ToString());
            Scripts.HasNoSpaces(rune.Value).ShouldBe(hasNoSpaces, rune.ToString());
        }
    }

    [Fact]
    public void Of_EveryScript_HasCharacters() =>
        Enumerable.Range(0, 0x110000).Select(Scripts.Of).Distinct().ShouldBe(Enum.GetValues<Script>(), ignoreOrder: true);
}
