using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>Characters that follow each other in the page's content, at one height and in one size.</summary>
internal sealed class GlyphRun(PageGlyph first)
{
    public List<PageGlyph> Glyphs { get; } = [first];

    public double Left { get; private set; } = first.Left;

    public double Right { get; private set; } = first.Right;

    public double Baseline { get; } = first.Baseline;

    public double Size { get; } = first.Size;

    /// <summary>Height of the line to which it belongs; another one than its own for a small number above or below the line.</summary>
    public double Line { get; set; } = first.Baseline;

    public Baseline Script { get; set; }

    public void Add(PageGlyph glyph)
    {
        Glyphs.Add(glyph);
        (Left, Right) = (Math.Min(Left, glyph.Left), Math.Max(Right, glyph.Right));
    }

    /// <summary>Characters grouped by what follows what in the page's content.</summary>
    public static List<GlyphRun> Of(IReadOnlyList<PageGlyph> glyphs)
    {
        var runs = new List<GlyphRun>();
        PageGlyph? before = null;
        foreach (var glyph in glyphs)
        {
            if (before is not null && Continues(before, glyph))
                runs[^1].Add(glyph);
            else
                runs.Add(new GlyphRun(glyph));
            before = glyph;
        }
        foreach (var run in runs)
            LetterSpacing.Close(run.Glyphs);
        return runs;
    }

    private static bool Continues(PageGlyph before, PageGlyph glyph) =>
        Math.Abs(before.Baseline - glyph.Baseline) < 0.08 * before.Size
        && Math.Abs(before.Size - glyph.Size) < 0.06 * before.Size
        && glyph.Left - before.Right < before.Size && glyph.Left - before.Left > -0.3 * before.Size;
}
