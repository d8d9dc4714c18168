using CsCheck;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Dlp;

public sealed class PaymentCardTests
{
    private const string Detector = "payment-card";

    private static readonly Gen<string> Separators = Gen.OneOf("", " ", "-", " - ", ".", "\u00A0", "\u2009", "\u2013", "\u2011", "\u200B");

    [Fact]
    public void Find_AnyCardWithAnySeparators_IsFoundWhole() => Gen.Select(Numbers.CardGroups, Separators).Sample((groups, separator) =>
    {
        var number = string.Join(separator, groups);
        Detection.Find(Detector, $"It was paid by {number}, thank you.").ShouldHaveSingleItem().ShouldBe(number);
    });

    /// <summary>Of 19 digits the first 16 may be another card's, so those are left out.</summary>
    [Fact]
    public void Find_AnyWrongCheckDigit_IsNotFound() => Gen.Select(Numbers.CardGroups.Where(groups => groups.Length < 5), Separators, Gen.Int[1, 9]).Sample((groups, separator, change) =>
    {
        groups = [.. groups[..^1], groups[^1][..^1] + (char)('0' + ((groups[^1][^1] - '0' + change) % 10))];
        Detection.Find(Detector, $"It was paid by {string.Join(separator, groups)}, thank you.").ShouldBeEmpty();
    });

    [Fact]
    public void Redact_AnyCard_LeavesNoFiveOfItsDigits() => Gen.Select(Numbers.CardGroups, Separators, Gen.String[Gen.Char.AlphaNumeric, 0, 8]).Sample((groups, separator, words) =>
    {
        var digits = string.Concat(groups);
        var redacted = Detection.Redact(Detector, $"{words} {string.Join(separator, groups)} {words}").Single();
        redacted.ShouldContain("[PAYMENT CARD]");
        for (var at = 0; at + 5 <= digits.Length; at++)
            (words.Contains(digits[at..(at + 5)], StringComparison.Ordinal) || !redacted.Contains(digits[at..(at + 5)], StringComparison.Ordinal)).ShouldBeTrue();
    });

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("card:4111111111111111;")]
    [InlineData("4111 1111\n1111 1111")]
    [InlineData("4111-1111-\n1111-1111")]
    [InlineData("Karte 4111 | 1111 | 1111 | 1111")]
    [InlineData("visa\n41111111\n11111111")]
    [InlineData("a,4111111111111111,b")]
    [InlineData("row 7 | 4111111111111111 | open")]
    [InlineData("4111111111111111 12/27 123")]
    [InlineData("４１１１　１１１１　１１１１　１１１１")]
    [InlineData("٤١١١ ١١١١ ١١١١ ١١١١")]
    [InlineData("4\u200B111 1111 11\u00AD11 1111")]
    [InlineData("4️⃣111111111111111")]
    [InlineData("41 11 11 11 11 11 11 11")]
    [InlineData("pan=4111111111111111&x=1")]
    [InlineData("Kreditkarte 411 1111 11111 1111")]
    public void Find_NotationsOfACard_AreFound(string text) => Detection.Find(Detector, text).ShouldHaveSingleItem();

    [Theory]
    [InlineData("order 1234567890123456")] // not issued
    [InlineData("41111111111111111234")] // a longer run
    [InlineData("0.4111111111111111")] // a fraction
    [InlineData("4111111111111111.50")] // an amount
    [InlineData("a4111111111111111")]
    [InlineData("4111111111111111b")]
    [InlineData("2020 4111 1111 1111 1111 2021")] // a row of years and amounts
    [InlineData("https://example.com/photos/4111111111111111")]
    [InlineData("4111 | 1111 | 1111 | 1111")] // cells of a table
    [InlineData("4222222222222")] // 13 digits are an EAN as well
    [InlineData("978-3-16-148410-0")] // ISBN
    [InlineData("2024-11-25 14:57:40.123456")]
    [InlineData("3f41111111111111111a")] // a hash
    public void Find_LookAlikes_AreNotFound(string text) => Detection.Find(Detector, text).ShouldBeEmpty();

    [Fact]
    public void Find_SplitOverTexts_IsFoundInAll()
    {
        Detection.Find(Detector, "It is 4111 1111", "1111 1111, valid").ShouldHaveSingleItem().ShouldBe("4111 1111⏎1111 1111");
        Detection.Redact(Detector, "It is 4111 1111", "1111 1111, valid").ShouldBe(["It is [PAYMENT CARD]", ", valid"]);
    }
}
