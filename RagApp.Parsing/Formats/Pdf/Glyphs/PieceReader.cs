namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>
/// Reads the characters of a frame as pieces of lines:
/// 1. groups what follows in the page's content into runs, and finds exponents, indices and note marks;
/// 2. groups the runs at one height into lines;
/// 3. cuts each line at wide gaps, rows of dots and vertical rules.
/// </summary>
internal sealed class PieceReader(PageRules rules)
{
    /// <summary>Smallest gap between two pieces, in the size of the letters.</summary>
    private const double Gap = 0.9;

    /// <summary>Smallest gap in which a vertical rule is looked for, in the size of the letters.</summary>
    private const double GapAtRule = 0.12;

    /// <summary>Smallest gap before a column that begins there in many other lines, in the size of the letters.</summary>
    private const double GapAtColumn = 0.3;

    /// <summary>Largest difference of the left edges of a column's lines, in points.</summary>
    private const double SameEdge = 2;

    /// <summary>Fewest lines in which a column begins at one place.</summary>
    private const int FewestLines = 10;

    /// <summary>Fewest dots or strokes in a row that lead from one piece to the next.</summary>
    private const int FewestLeaders = 4;

    /// <summary>Largest number of earlier characters with which one is compared.</summary>
    private const int Compared = 4;

    public List<LinePiece> Read(IReadOnlyList<PageGlyph> glyphs)
    {
        var runs = GlyphRun.Of(glyphs); // 1.
        ShiftedRuns.Attach(runs);
        var lines = Lines(runs).Select(line => WithoutLeaders(DoubledText.Remove(line)).ToList()).ToList();
        var pieces = new List<LinePiece>();
        foreach (var line in lines)
            Cut(line, column: null, pieces);
        if (ColumnStart(pieces, lines.Count) is not { } column)
            return pieces;
        pieces.Clear();
        foreach (var line in lines)
            Cut(line, column, pieces);
        return pieces;
    }

    /// <summary>Left edge of a column of text that begins in many lines after a gap, and may follow a full line of the column before it more closely; null for none.</summary>
    private static double? ColumnStart(List<LinePiece> pieces, int lines)
    {
        var lefts = pieces.Zip(pieces.Skip(1)).Where(pair => pair.Second.Left > pair.First.Right && pair.First.Baseline == pair.Second.Baseline).Select(pair => pair.Second.Left).Order().ToList();
        var (best, most) = (0.0, Math.Max(FewestLines, lines / 3));
        for (int from = 0, to = 0; to < lefts.Count; to++)
        {
            while (lefts[to] - lefts[from] > SameEdge)
                from++;
            if (to - from + 1 > most)
                (best, most) = (lefts[(from + to) / 2], to - from + 1);
        }
        return best > 0 ? best : null;
    }

    // 2.
    private static IEnumerable<List<PageGlyph>> Lines(List<GlyphRun> runs)
    {
        var lines = new List<(GlyphRun First, List<GlyphRun> Runs)>();
        foreach (var run in runs.OrderByDescending(run => run.Line).ThenBy(run => run.Glyphs[0].Order))
        {
            var at = lines.FindLastIndex(lines.Count - 1, Math.Min(lines.Count, Compared), line => Belongs(run, line.First) && !Covers(run, line.Runs));
            if (at >= 0)
                lines[at].Runs.Add(run);
            else
                lines.Add((run, [run]));
        }
        foreach (var (_, parts) in lines)
        {
            yield return [.. parts.SelectMany(run => run.Script == default ? run.Glyphs : run.Glyphs.Select(glyph => glyph with { Script = run.Script }))
                .OrderBy(glyph => glyph.Left).ThenBy(glyph => glyph.Order)];
        }
    }

    private static bool Belongs(GlyphRun run, GlyphRun first) => first.Line - run.Line <= 0.3 * Math.Min(run.Size, first.Size);

    /// <summary>True for another text over the same place, not the same one drawn again.</summary>
    private static bool Covers(GlyphRun run, List<GlyphRun> line)
    {
        for (var at = Math.Max(0, line.Count - (8 * Compared)); at < line.Count; at++)
        {
            var other = line[at];
            var common = Math.Min(run.Right, other.Right) - Math.Max(run.Left, other.Left);
            if (common > 0.6 * Math.Min(run.Right - run.Left, other.Right - other.Left) && run.Glyphs.Count > 3 && other.Glyphs.Count > 3
                && Math.Abs(run.Baseline - other.Baseline) > 0.12 * run.Size)
                return true;
        }
        return false;
    }

    // 3.
    private void Cut(List<PageGlyph> line, double? column, List<LinePiece> pieces)
    {
        var piece = new List<PageGlyph>();
        var right = 0.0;
        foreach (var glyph in line)
        {
            if (glyph is { IsBlank: false } && piece.Exists(one => !one.IsBlank) && IsCut(right, glyph, column))
                End(piece, pieces);
            if (glyph.IsBlank && piece.Count == 0)
                continue;
            right = piece.Count == 0 ? glyph.Right : glyph.IsBlank ? right : Math.Max(right, glyph.Right);
            piece.Add(glyph);
        }
        End(piece, pieces);
    }

    private bool IsCut(double right, PageGlyph next, double? column)
    {
        var gap = next.Left - right;
        return gap > Gap * next.Size || (gap > GapAtColumn * next.Size && column is { } left && Math.Abs(next.Left - left) <= SameEdge)
            || (gap > GapAtRule * next.Size && rules.Between(right, next.Left, next.Baseline + (0.3 * next.Size)));
    }

    private static void End(List<PageGlyph> piece, List<LinePiece> pieces)
    {
        if (PieceText.Of(piece) is { } read)
            pieces.Add(read);
        piece.Clear();
    }

    /// <summary>Leaves out the dots that lead the eye, as in a table of contents, and the strokes on which a form is filled in.</summary>
    private static IEnumerable<PageGlyph> WithoutLeaders(List<PageGlyph> line)
    {
        for (var at = 0; at < line.Count;)
        {
            if (line[at].Text[0] is '.' or '_' or '·' or '…' && EndOfLeaders(line, at) is { } end)
                at = end;
            else
                yield return line[at++];
        }
    }

    private static int? EndOfLeaders(List<PageGlyph> line, int start)
    {
        var (end, leaders) = (start, 0);
        while (end < line.Count && (line[end].Text == line[start].Text || line[end].IsBlank))
            leaders += line[end++].IsBlank ? 0 : line[start].Text.Length;
        return leaders >= FewestLeaders ? end : null;
    }
}
