using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>Finds the runs that stand above or below their line: exponents, indices and the marks of notes. They stay in the line.</summary>
internal static class ShiftedRuns
{
    private const int MostGlyphs = 12;
    private const int MostNeighbours = 48;

    /// <param name="runs">Runs in the order of the page's content.</param>
    public static void Attach(IReadOnlyList<GlyphRun> runs)
    {
        var byHeight = runs.OrderBy(run => run.Baseline).ToList();
        for (var at = 0; at < byHeight.Count; at++)
        {
            var run = byHeight[at];
            if (run.Glyphs.Count <= MostGlyphs && run.Glyphs.Exists(glyph => !glyph.IsBlank) && Base(byHeight, at) is { } line)
                (run.Line, run.Script) = (line.Baseline, run.Baseline > line.Baseline ? Baseline.Super : Baseline.Sub);
        }
    }

    private static GlyphRun? Base(List<GlyphRun> byHeight, int at)
    {
        GlyphRun? best = null;
        foreach (var step in (int[])[-1, 1])
        {
            for (int to = at + step, count = 0; to >= 0 && to < byHeight.Count && count < MostNeighbours; to += step, count++)
            {
                var line = byHeight[to];
                if (Math.Abs(line.Baseline - byHeight[at].Baseline) > 2 * byHeight[at].Size)
                    break;
                if (IsScript(byHeight[at], line) && (best is null || Distance(byHeight[at], line) < Distance(byHeight[at], best)))
                    best = line;
            }
        }
        return best;
    }

    private static bool IsScript(GlyphRun run, GlyphRun line)
    {
        var rise = (run.Baseline - line.Baseline) / line.Size;
        var isSmaller = run.Size < 0.87 * line.Size && run.Size > 0.35 * line.Size;
        return isSmaller && rise is > 0.1 and < 0.75 or < -0.06 and > -0.4 && Distance(run, line) < 0.35 * line.Size;
    }

    /// <summary>Horizontal distance of the run's start from the end of the line, or of its end from the start of the line; small inside the line.</summary>
    private static double Distance(GlyphRun run, GlyphRun line) => Math.Min(Math.Abs(run.Left - line.Right), Math.Abs(line.Left - run.Right));
}
