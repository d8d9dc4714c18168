using CsCheck;

namespace RagApp.Tests.Dlp;

/// <summary>Invented numbers with valid check digits.</summary>
internal static class Numbers
{
    private static readonly (string Prefix, int Length, int[] Groups)[] Cards =
    [
        ("4", 16, [4, 4, 4, 4]), ("4", 19, [4, 4, 4, 4, 3]), ("51", 16, [4, 4, 4, 4]), ("55", 16, [4, 4, 4, 4]), ("2221", 16, [4, 4, 4, 4]), ("2720", 16, [4, 4, 4, 4]),
        ("34", 15, [4, 6, 5]), ("37", 15, [4, 6, 5]), ("6011", 16, [4, 4, 4, 4]), ("65", 16, [4, 4, 4, 4]), ("36", 14, [4, 6, 4]),
        ("3528", 16, [4, 4, 4, 4]), ("62", 19, [6, 13]), ("2200", 16, [4, 4, 4, 4]), ("6759", 16, [4, 4, 4, 4]),
    ];

    private static readonly Gen<char> Digit = Gen.Char['0', '9'];

    /// <summary>A card number, split into the groups in which cards show it.</summary>
    public static Gen<string[]> CardGroups { get; } =
        from card in Gen.OneOf(Cards)
        from filler in Gen.Char['0', '9'].Array[card.Length]
        select Split(WithLuhn(card.Prefix + new string(filler)[..(card.Length - card.Prefix.Length - 1)]), card.Groups);

    public static Gen<string> GermanIban { get; } = Digit.Array[18].Select(bban => WithCheckDigits("DE", new string(bban)));

    public static Gen<string> BritishIban { get; } =
        from bank in Gen.Char['A', 'Z'].Array[4]
        from account in Digit.Array[14]
        select WithCheckDigits("GB", new string(bank) + new string(account));

    public static string WithLuhn(string digits)
    {
        var sum = digits.Reverse().Select((c, i) => i % 2 == 0 ? (c - '0') * 2 : c - '0').Sum(value => value > 9 ? value - 9 : value);
        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    private static string WithCheckDigits(string country, string bban)
    {
        var number = string.Concat((bban + country + "00").Select(c => char.IsDigit(c) ? $"{c}" : $"{c - 'A' + 10}"));
        return $"{country}{98 - (int)(System.Numerics.BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture) % 97):00}{bban}";
    }

    private static string[] Split(string number, int[] groups)
    {
        var parts = new List<string>();
        var from = 0;
        foreach (var length in groups)
        {
            parts.Add(number[from..(from + length)]);
            from += length;
        }
        return [.. parts];
    }
}
