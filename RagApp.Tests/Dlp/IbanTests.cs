using CsCheck;

namespace RagApp.Tests.Dlp;

public sealed class IbanTests
{
    private const string Detector = "iban";

    private static readonly Gen<string> Ibans = Gen.OneOf(Numbers.GermanIban, Numbers.BritishIban);

    [Fact]
    public void Find_AnyIbanPlainOrInFours_IsFoundWhole() => Gen.Select(Ibans, Gen.OneOf("", " ", "\u00A0", "-")).Sample((iban, separator) =>
    {
        var written = string.Join(separator, iban.Chunk(4).Select(group => new string(group)));
        Detection.Find(Detector, $"Pay to {written} please").ShouldHaveSingleItem().ShouldBe(written);
    });

    [Fact]
    public void Find_AnyWrongCheckDigits_IsNotFound() => Gen.Select(Ibans, Gen.Int[1, 9]).Sample((iban, change) =>
    {
        var wrong = iban[..^1] + (char)('0' + ((iban[^1] - '0' + change) % 10));
        Detection.Find(Detector, $"Pay to {wrong} please").ShouldBeEmpty();
    });

    [Theory]
    [InlineData("GB82 WEST 1234 5698 7654 32")]
    [InlineData("fr1420041010050500013m02606")]
    [InlineData("NO9386011117947")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    [InlineData("DE89 3704 0044\n0532 0130 00")]
    [InlineData("DE89 | 3704 | 0044 | 0532 | 0130 | 00")]
    [InlineData("NL91 ABNA 0417 1643 00")]
    public void Find_PublishedExamples_AreFound(string text) => Detection.Find(Detector, text).ShouldHaveSingleItem().ShouldBe(text);

    [Theory]
    [InlineData("ZZ89370400440532013000")] // no country
    [InlineData("DE8937040044053201300")] // too short
    [InlineData("DE893704004405320130001")] // too long
    [InlineData("XDE89370400440532013000")]
    [InlineData("AT 10 we meet at AT10 in room 12")]
    [InlineData("GB82WEST12345698765X32")] // a letter where a digit belongs
    public void Find_LookAlikes_AreNotFound(string text) => Detection.Find(Detector, text).ShouldBeEmpty();

    [Fact]
    public void Find_SplitOverTexts_IsFoundInAll() =>
        Detection.Redact(Detector, "DE89 3704 0044", "0532 0130 00 is ours").ShouldBe(["[IBAN]", "is ours"]);
}
