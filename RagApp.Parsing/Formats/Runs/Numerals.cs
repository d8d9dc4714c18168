using System.Globalization;

namespace RagApp.Parsing.Formats.Runs;

/// <summary>Writes the number of a list item as programs do: 4, 04, d, D, iv, IV, 4th.</summary>
internal static class Numerals
{
    private const int LargestRoman = 3_999;
    private const int LongestLetters = 20;

    private static readonly (int Value, string Letters)[] Romans =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];

    public static string Decimal(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>a to z, then aa, bb, as Word and browsers count on; a number that has no such form is written in digits.</summary>
    public static string Letters(int number)
    {
        var times = ((number - 1) / 26) + 1;
        return number < 1 || times > LongestLetters ? Decimal(number) : new string((char)('a' + ((number - 1) % 26)), times);
    }

    public static string UpperLetters(int number) => Letters(number).ToUpperInvariant();

    public static string Roman(int number) => UpperRoman(number).ToLowerInvariant();

    public static string UpperRoman(int number)
    {
        if (number is < 1 or > LargestRoman)
            return Decimal(number);
        var roman = "";
        foreach (var (value, letters) in Romans)
        {
            for (; number >= value; number -= value)
                roman += letters;
        }
        return roman;
    }

    public static string Ordinal(int number) => Decimal(number) + ((number % 100) is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
