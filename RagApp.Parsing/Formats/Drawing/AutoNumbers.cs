using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>Counts the numbered paragraphs of a shape: <c>a:pPr lvl="1" / a:buAutoNum type="alphaLcParenR" startAt="2"</c>.</summary>
internal sealed class AutoNumbers
{
    private const int Levels = 9;

    private readonly int[] _counts = new int[Levels];

    public void Clear() => Array.Clear(_counts);

    /// <summary>Counts a paragraph and returns its number.</summary>
    public string Next(XmlReader bullet, int level)
    {
        level = Math.Clamp(level, 0, Levels - 1);
        var start = int.TryParse(bullet.GetAttribute("startAt"), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? Math.Clamp(first, 1, 32_767) : 1;
        _counts[level] = _counts[level] == 0 ? start : _counts[level] + 1;
        Array.Clear(_counts, level + 1, Levels - level - 1);
        return Format(bullet.GetAttribute("type") ?? "", _counts[level]);
    }

    /// <summary>Begins anew below a paragraph without a number.</summary>
    public void Interrupt(int level)
    {
        level = Math.Clamp(level, 0, Levels - 1);
        Array.Clear(_counts, level, Levels - level);
    }

    private static string Format(string type, int number)
    {
        var text = type switch
        {
            _ when type.StartsWith("alphaLc", StringComparison.Ordinal) => Numerals.Letters(number),
            _ when type.StartsWith("alphaUc", StringComparison.Ordinal) => Numerals.UpperLetters(number),
            _ when type.StartsWith("romanLc", StringComparison.Ordinal) => Numerals.Roman(number),
            _ when type.StartsWith("romanUc", StringComparison.Ordinal) => Numerals.UpperRoman(number),
            _ => Numerals.Decimal(number),
        };
        return type switch
        {
            _ when type.EndsWith("ParenBoth", StringComparison.Ordinal) => $"({text})",
            _ when type.EndsWith("ParenR", StringComparison.Ordinal) => $"{text})",
            _ when type.EndsWith("Plain", StringComparison.Ordinal) => text,
            _ => $"{text}.",
        };
    }
}
