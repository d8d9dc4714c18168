using RagApp.Text;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>
/// Cleans the characters of a line: one that is drawn twice, to look bold or to have a shadow, is read once; an accent that is drawn over its letter becomes
/// part of it.
/// </summary>
internal static class DoubledText
{
    private const int Compared = 4;

    /// <summary>Accents with the marks that combine with a letter.</summary>
    private const string Accents = "´`¨ˆ˜ˇ¸˚¯˘˙˛˝", Marks = "\u0301\u0300\u0308\u0302\u0303\u030C\u0327\u030A\u0304\u0306\u0307\u0328\u030B";

    /// <param name="line">The characters from left to right.</param>
    public static List<PageGlyph> Remove(List<PageGlyph> line)
    {
        var clean = new List<PageGlyph>(line.Count);
        foreach (var glyph in line)
        {
            if (IsDrawnAgain(clean, glyph))
                continue;
            if (clean.Count > 0 && Accented(clean[^1], glyph) is { } letter)
                clean[^1] = letter;
            else
                clean.Add(glyph);
        }
        return clean;
    }

    private static bool IsDrawnAgain(List<PageGlyph> line, PageGlyph glyph)
    {
        for (var at = line.Count - 1; at >= 0 && at >= line.Count - Compared; at--)
        {
            var other = line[at];
            var step = Math.Min(0.16 * glyph.Size, 0.45 * (glyph.Right - glyph.Left));
            if (other.Text == glyph.Text && Math.Abs(glyph.Left - other.Left) <= step && Math.Abs(glyph.Baseline - other.Baseline) <= 0.16 * glyph.Size)
                return true;
        }
        return false;
    }

    /// <summary>The letter with its accent; null when the two are not drawn one over the other.</summary>
    private static PageGlyph? Accented(PageGlyph one, PageGlyph other)
    {
        if (MarkOf(one) is { } first && IsOver(one, other))
            return With(other, first);
        return MarkOf(other) is { } second && IsOver(other, one) ? With(one, second) : null;
    }

    private static char? MarkOf(PageGlyph glyph) =>
        glyph.Text.Length == 1 && Accents.IndexOf(glyph.Text[0], StringComparison.Ordinal) is >= 0 and var at ? Marks[at] : null;

    private static bool IsOver(PageGlyph accent, PageGlyph letter) => letter.Text.Length == 1 && char.IsLetter(letter.Text[0])
        && Math.Abs(accent.Left + accent.Right - letter.Left - letter.Right) / 2 < 0.3 * letter.Size
        && Math.Min(accent.Right, letter.Right) - Math.Max(accent.Left, letter.Left) > 0.5 * Math.Min(accent.Right - accent.Left, letter.Right - letter.Left);

    private static PageGlyph With(PageGlyph letter, char mark)
    {
        var text = letter.Text[0] switch { 'ı' => "i", 'ȷ' => "j", var plain => plain.ToString() };
        return letter with { Text = NormalForm.Of(text + mark) };
    }
}
