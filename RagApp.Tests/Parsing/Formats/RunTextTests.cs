using RagApp.Parsing.Formats.Runs;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>Meaning that only the looks of a text carry, such as superscripts, as every format writes it.</summary>
public sealed class RunTextTests
{
    private static readonly RunStyle Super = new(Baseline.Super, Struck: false, Bold: false);
    private static readonly RunStyle Sub = new(Baseline.Sub, Struck: false, Bold: false);
    private static readonly RunStyle Struck = new(Baseline.Normal, Struck: true, Bold: false);

    [Theory]
    [InlineData("3.2 x 10", "6", " litres", "3.2 x 10^6 litres")]
    [InlineData("about 10", "-6", " m", "about 10^-6 m")]
    [InlineData("x", "2", " + 1", "x^2 + 1")]
    [InlineData("2", "10", " bytes", "2^10 bytes")]
    [InlineData("= 5", "2", "", "= 5^2")]
    [InlineData("48 m", "2", " of floor", "48 m² of floor")]
    [InlineData("5 kg/m", "3", "", "5 kg/m³")]
    [InlineData("Ca", "2+", " ions", "Ca^2+ ions")]
    [InlineData("the 1", "st", " of May", "the 1st of May")]
    [InlineData("20 ", "o", "C", "20 °C")]
    [InlineData("EUR 500", "1", " a year", "EUR 500 [1] a year")]
    [InlineData("EUR 10", "2", " a year", "EUR 10 [2] a year")]
    [InlineData("in 2027", "1,2", ".", "in 2027 [1,2].")]
    [InlineData("The fee", "a", " rises", "The fee [a] rises")]
    [InlineData("", "1", "Students pay half.", "[1] Students pay half.")]
    [InlineData("2", "1", "⁄2 inches", "2 1⁄2 inches")]
    public void Append_Superscript_KeepsTheNumberBeforeIt(string before, string script, string after, string written) =>
        new RunText().Append(before).Append(script, Super).Append(after).Take().ShouldBe(written);

    [Theory]
    [InlineData("H", "2", "O", "H2O")]
    [InlineData("NO", "x", " is", "NOx is")]
    [InlineData("101", "2", " is five", "101_2 is five")]
    [InlineData("V", "max", " is", "V_max is")]
    public void Append_Subscript_IsReadable(string before, string script, string after, string written) =>
        new RunText().Append(before).Append(script, Sub).Append(after).Take().ShouldBe(written);

    [Fact]
    public void Append_StruckOutText_IsMarked() =>
        new RunText().Append("Fee ").Append("410 ", Struck).Append("430").Take().ShouldBe("Fee ~~410~~ 430");

    [Fact]
    public void IsBold_OfTextWithAPlainWord_IsFalse()
    {
        var bold = new RunStyle(Baseline.Normal, Struck: false, Bold: true);

        new RunText().Append("Price", bold).Append(" ").IsBold.ShouldBeTrue();
        new RunText().Append("Price", bold).Append(" list").IsBold.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Symbol", 0xF0B1, "±")]
    [InlineData("Symbol", 0xB0, "°")]
    [InlineData("Symbol", 0xF0AE, "→")]
    [InlineData("Symbol", 0x6D, "μ")]
    [InlineData("Wingdings", 0xF0FE, "[x]")]
    [InlineData("Wingdings", 0xF0A8, "[ ]")]
    [InlineData("Wingdings", 0xF0E0, "→")]
    [InlineData("Arial", 0x41, "A")]
    public void Text_OfASymbolFont_IsUnicode(string font, int code, string text) => SymbolFonts.Text(font, code).ShouldBe(text);

    [Theory]
    [InlineData(4, "d", "iv", "4th")]
    [InlineData(28, "bb", "xxviii", "28th")]
    [InlineData(1_000_000, "1000000", "1000000", "1000000th")]
    public void Numerals_OfANumber_AreAsProgramsCount(int number, string letters, string roman, string ordinal) =>
        (Numerals.Letters(number), Numerals.Roman(number), Numerals.Ordinal(number)).ShouldBe((letters, roman, ordinal));
}
