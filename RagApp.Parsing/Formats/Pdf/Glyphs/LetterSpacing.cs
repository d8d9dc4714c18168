namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>
/// Closes the space that a run has between all of its letters:
/// <code>
/// N I G H T   S H I F T  ->  NIGHT SHIFT
/// </code>
/// Such letters stand apart by their positions, or have a space after each.
/// </summary>
internal static class LetterSpacing
{
    private const int FewestLetters = 5;

    /// <summary>Smallest and largest space, in the size of the letters.</summary>
    private const double Least = 0.06, Most = 0.8;

    public static void Close(List<PageGlyph> glyphs)
    {
        if (glyphs.Count < FewestLetters || glyphs[^1].Right - glyphs[0].Left < glyphs[0].Size)
            return;
        if (HasSpaceAfterEach(glyphs))
            glyphs.RemoveAll(glyph => glyph.IsBlank);
        var space = Median(glyphs);
        if (space < Least * glyphs[0].Size || space > Most * glyphs[0].Size)
            return;
        for (var at = 0; at + 1 < glyphs.Count; at++)
            glyphs[at] = glyphs[at] with { Right = Math.Min(glyphs[at].Right + space, Math.Max(glyphs[at].Right, glyphs[at + 1].Left)) };
    }

    private static bool HasSpaceAfterEach(List<PageGlyph> glyphs)
    {
        var (letters, alone, sorted) = (0, 0, true);
        for (var at = 0; at < glyphs.Count; at++)
        {
            if (glyphs[at].IsBlank)
                continue;
            letters++;
            alone += (at == 0 || glyphs[at - 1].IsBlank) && (at + 1 == glyphs.Count || glyphs[at + 1].IsBlank) ? 1 : 0;
            sorted &= char.IsLetter(glyphs[at].Text[0]) && (at < 2 || string.CompareOrdinal(glyphs[at - 2].Text, glyphs[at].Text) < 0);
        }
        return letters >= FewestLetters && alone >= 0.9 * letters && !sorted; // "A B C D E" names columns
    }

    private static double Median(List<PageGlyph> glyphs)
    {
        var spaces = new double[glyphs.Count - 1];
        for (var at = 0; at < spaces.Length; at++)
            spaces[at] = glyphs[at + 1].Left - glyphs[at].Right;
        Array.Sort(spaces);
        return spaces[spaces.Length / 2];
    }
}
