using RagApp.Text;

namespace RagApp.Tests.Text;

public sealed class PhraseSetTests
{
    private static readonly PhraseSet Phrases = new(["what", "What about", "wie geht's", "什么"]);

    [Theory]
    [InlineData("Wie geht's, IT-7?", "wie geht s it 7")]
    [InlineData("Été à l’école", "été à l école")]
    [InlineData("报销IT费用", "报 销 it 费 用")]
    [InlineData("วันลา 3", "วันลา 3")]
    [InlineData(" … ", "")]
    public void Words_Text_AreLowerCasedAndChineseCharactersStandAlone(string text, string words) =>
        string.Join(' ', Words.Of(text)).ShouldBe(words);

    [Theory]
    [InlineData("What about trains?", 2)]
    [InlineData("what trains?", 1)]
    [InlineData("Wie geht's?", 3)]
    [InlineData("什么时候", 2)]
    [InlineData("trains", 0)]
    [InlineData("", 0)]
    public void LengthAt_Beginning_IsThatOfTheLongestPhrase(string text, int length) =>
        Phrases.LengthAt(Words.Of(text), 0).ShouldBe(length);

    [Theory]
    [InlineData("and what now", true)]
    [InlineData("and whatever", false)]
    public void AnyIn_Words_FindsWholeWordsAnywhere(string text, bool found) => Phrases.AnyIn(Words.Of(text)).ShouldBe(found);
}
