using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>Writes the characters of a piece as text: words by the gaps between characters, exponents and note marks as every format writes them.</summary>
internal static class PieceText
{
    /// <summary>Smallest gap between two words in the size of the letters, in a line without spaces and in one with them.</summary>
    private const double Gap = 0.13, GapBesideSpaces = 0.15;

    /// <summary>Smallest gap in which a space counts, which keeps out spaces over which the next letter is drawn.</summary>
    private const double GapAtSpace = 0.03;

    /// <summary>The hyphen of many fonts: within a line it is one like any other.</summary>
    private const string SoftHyphen = "\u00AD";

    /// <param name="glyphs">The characters from left to right.</param>
    /// <returns>The piece; null when it is blank.</returns>
    public static LinePiece? Of(List<PageGlyph> glyphs)
    {
        var letters = glyphs.Where(glyph => !glyph.IsBlank).ToList();
        if (letters.Count == 0)
            return null;
        var spaces = new bool[letters.Count];
        FindSpaces(glyphs, spaces);
        var rightToLeft = ReadingDirection.IsRightToLeft(letters);
        var order = ReadingDirection.HasRightToLeft(letters) ? ReadingDirection.Logical(letters, spaces, rightToLeft) : letters.Select((glyph, at) => (glyph, spaces[at]));
        var line = letters.Where(glyph => glyph.Script == Baseline.Normal).DefaultIfEmpty(letters[0]).ToList();
        return Text(order) is { Length: > 0 } text
            ? new LinePiece(
                text, letters[0].Left, letters.Max(glyph => glyph.Right), line[0].Baseline, MedianSize(line),
                letters.Min(glyph => glyph.Order), letters.TrueForAll(glyph => glyph.IsBold), rightToLeft)
            : null;
    }

    private static string Text(IEnumerable<(PageGlyph Glyph, bool SpaceBefore)> letters)
    {
        var (text, first, last) = (new RunText(), true, "");
        foreach (var (glyph, space) in letters)
        {
            if (space && !first)
                text.Append(' ', new RunStyle(glyph.Script, Struck: false, glyph.IsBold));
            last = glyph.Text;
            text.Append(last is SoftHyphen ? "-" : ReadingDirection.Plain(last), new RunStyle(glyph.Script, Struck: false, glyph.IsBold));
            first = false;
        }
        var line = CleanText.OneLine(text.Take());
        return last is SoftHyphen && line.EndsWith('-') ? line[..^1] + SoftHyphen : line;
    }

    /// <summary>Says for each letter whether a space stands before it.</summary>
    private static void FindSpaces(List<PageGlyph> glyphs, bool[] spaces)
    {
        var gap = glyphs.Exists(glyph => glyph.IsBlank) ? GapBesideSpaces : Gap;
        var (at, blank, right) = (0, false, double.NegativeInfinity);
        foreach (var glyph in glyphs)
        {
            if (glyph.IsBlank)
            {
                blank = true;
                continue;
            }
            var free = (glyph.Left - right) / glyph.Size;
            spaces[at] = at > 0 && (free > gap || (blank && free > GapAtSpace));
            right = Math.Max(right, glyph.Right);
            (at, blank) = (at + 1, false);
        }
    }

    private static double MedianSize(List<PageGlyph> line)
    {
        var sizes = line.Select(glyph => glyph.Size).Order().ToList();
        return Math.Round(sizes[sizes.Count / 2] * 2) / 2;
    }
}
