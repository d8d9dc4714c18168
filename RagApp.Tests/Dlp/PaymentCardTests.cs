using CsCheck;

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

    /// <summary>Excludes numbers of 19 digits, because their first 16 digits may be a valid card number.</summary>
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
    [InlineData("4111/1111/1111/1111")]
    [InlineData("4111 / 1111 / 1111 / 1111")]
    [InlineData("3782/822463/10005")]
    [InlineData("card,name\n4111,1111,1111,1111")]
    [InlineData("card; 4111;1111;1111;1111")]
    [InlineData("card\t4111\t1111\t1111\t1111")]
    [InlineData("7,4111111111111111,open")]
    [InlineData("card: 4111 | part2: 1111 | part3: 1111 | part4: 1111")]
    [InlineData("id: 1 | name: Anna | card 1: 4111 | card 2: 1111 | card 3: 1111 | card 4: 1111 | city: Bonn")]
    [InlineData("name | card\nAnna | 4111 | 1111 | 1111 | 1111")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4242424242424242")]
    [InlineData("5555 5555 5555 4444")]
    [InlineData("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    public void Find_NotationsOfACard_AreFound(string text) => Detection.Find(Detector, text).ShouldHaveSingleItem();

    [Theory]
    [InlineData("order 1234567890123456")] // not in an issued number range
    [InlineData("41111111111111111234")] // part of a longer run of digits
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
    [InlineData("card 2 3 4 5 6 7 8 9 10 11 12 13")] // line numbers
    [InlineData("card\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n")]
    [InlineData("card 42 42 42 42 42 42 42 42")] // a column of one value
    [InlineData("https://example.com/pay/4111/1111/1111/1111")]
    [InlineData("cards sold: 4111, 11, 1111, 111, 111")]
    [InlineData("card: 4111 | fee: 1111 | balance: 1111 | total: 1111")]
    [InlineData("name | debit | credit\nAnna | 1 | 2\nBob of the house at the end of the very long street | 4111 | 1111 | 1111 | 1111")]
    public void Find_LookAlikes_AreNotFound(string text) => Detection.Find(Detector, text).ShouldBeEmpty();

    [Fact]
    public void Find_CellsFarBelowTheNamesOfTheirColumns_AreFound()
    {
        var rows = Enumerable.Range(1, 50).Select(i => $"Somebody with a name {i} | 20 | 30 | 40 | 50");

        Detection.Find(Detector, ["name | card", .. rows, "Anna | 4111 | 1111 | 1111 | 1111"]).ShouldHaveSingleItem().ShouldBe("4111 | 1111 | 1111 | 1111");
        Detection.Find(Detector, ["card", .. Enumerable.Repeat("4222 | 20 | 30 | 40", 50), "4111 | 1111 | 1111 | 1111"]).ShouldHaveSingleItem();
        Detection.Find(Detector, ["name | card | fee", .. rows, "Anna | 4111 | 1111 | 1111 | 1111"]).ShouldBeEmpty();
        Detection.Find(Detector, ["name | card", .. rows, "The next table:", "a | b", "Anna | 4111 | 1111 | 1111 | 1111"]).ShouldBeEmpty();
    }

    /// <summary>Arithmetic sequences, up or down, with any separator: numbers of lines, rows, years or steps of a scale.</summary>
    [Fact]
    public void Find_NumbersThatCount_AreNotFound() => Gen.Select(
        Gen.Int[0, 9_999], Gen.Int[-500, 500].Where(step => step != 0), Gen.Int[3, 40], Gen.OneOf(" ", "\n", " | ", ", ", "-", "/", ". ", "; "),
        (start, step, count, separator) => string.Join(separator, Enumerable.Range(0, count).Select(i => start + (i * step)).Where(value => value >= 0)))
        .Sample(counting => Detection.Find(Detector, $"card {counting} end").ShouldBeEmpty(), iter: 20_000);

    /// <summary>Numbers that always rise or always fall, by varying steps.</summary>
    [Fact]
    public void Find_NumbersThatRiseOrFall_AreNotFound() => Gen.Select(Gen.Int[1, 9].Array[5, 12], Gen.Int[2, 9], Gen.Bool, (steps, start, falls) =>
        {
            var values = steps.Aggregate(new List<int> { start }, (list, step) => [.. list, list[^1] + step]);
            return string.Join(' ', falls ? Enumerable.Reverse(values) : values);
        })
        .Sample(rising => Detection.Find(Detector, $"card {rising} end").ShouldBeEmpty(), iter: 20_000);

    [Fact]
    public void Find_DigitsThatCount_AreNotFound()
    {
        foreach (var first in "23456789")
        {
            for (var step = 0; step < 10; step++)
            {
                for (var length = 13; length <= 19; length++)
                    Detection.Find(Detector, $"card {string.Concat(Enumerable.Range(0, length).Select(i => (first - '0' + (i * step)) % 10))}").ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Find_SplitOverTexts_IsFoundInAll()
    {
        Detection.Find(Detector, "It is 4111 1111", "1111 1111, valid").ShouldHaveSingleItem().ShouldBe("4111 1111⏎1111 1111");
        Detection.Redact(Detector, "It is 4111 1111", "1111 1111, valid").ShouldBe(["It is [PAYMENT CARD]", ", valid"]);
    }
}
