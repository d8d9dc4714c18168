using RagApp.Text;

namespace RagApp.Tests.Text;

public sealed class LigaturesTests
{
    [Theory]
    [InlineData('ﬀ', "ff")]
    [InlineData('ﬁ', "fi")]
    [InlineData('ﬂ', "fl")]
    [InlineData('ﬃ', "ffi")]
    [InlineData('ﬄ', "ffl")]
    [InlineData('ﬅ', "st")]
    [InlineData('ﬆ', "st")]
    [InlineData('f', null)]
    [InlineData('æ', null)]
    public void Apart_Character_GivesTheLettersOfALigature(char character, string? letters) => Ligatures.Apart(character).ShouldBe(letters);
}
