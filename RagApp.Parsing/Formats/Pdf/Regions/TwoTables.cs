using RagApp.Parsing.Formats.Pdf.Glyphs;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Finds the gutter of a band at which two things stand side by side that have nothing to do with each other, such as an address beside labels and values, or two
/// tables. A wide gutter alone does not say it: rules that end there, the order of the page's content, other lines, and the names and values of the rows do.
/// </summary>
internal sealed class TwoTables(PageRules rules, Band band, List<Gutter> gutters)
{
    private const int MostTried = 4;
    private const int FewestRows = 2;
    private const int MostCompared = 200;

    /// <summary>Smallest widths of the gutter in the size of the letters: where much says it, where less does, and beside a single column.</summary>
    private const double Narrowest = 1.5, Wide = 3, VeryWide = 5;

    /// <summary>Ratios of the gutter to the widest other one.</summary>
    private const double Wider = 1.5, MuchWider = 2.5;

    /// <summary>Largest share of the lines that two blocks have in common by chance.</summary>
    private const double FewCommonLines = 0.34;

    private readonly double _size = band.Rows[0].Size;

    public Gutter? Find() => gutters.Count < 2 ? null
        : gutters.Where(gutter => gutter.Width > Narrowest * _size).OrderByDescending(gutter => gutter.Width).Take(MostTried).FirstOrDefault(Parts);

    private bool Parts(Gutter gutter)
    {
        var (left, right) = (Side(gutter, isLeft: true), Side(gutter, isLeft: false));
        if (left.Rows.Count < FewestRows || right.Rows.Count < FewestRows)
            return false;
        var inOrder = BandJudge.IsOneAfterTheOther(band, gutter);
        var ratio = gutter.Width / gutters.Where(other => other != gutter).Max(other => other.Width);
        if (ratio > MuchWider && gutter.Width > VeryWide * _size && (inOrder || (left.Columns == 1 && OneIsLonger(left, right) && right.HasLabels)))
            return true;
        if (left.Columns < 2 || right.Columns < 2)
            return false;
        return AreBoxes(left, right, gutter) || left.Names.SequenceEqual(right.Names, StringComparer.OrdinalIgnoreCase) || (left.HasColons && right.HasColons)
            || HaveOtherLines(left, right) || (inOrder && IsByRow(left) && IsByRow(right))
            || (gutter.Width > Wide * _size && ratio > Wider && right.HasLabels && (OneIsLonger(left, right) || (left.HasHead && right.HasValues)));
    }

    private BandSide Side(Gutter gutter, bool isLeft) => new(
        [.. band.Rows.Select(row => row.Pieces.Where(piece => (piece.Left + piece.Right) / 2 < gutter.Middle == isLeft).ToList()).Select((pieces, at) => (Row: at, Pieces: pieces)).Where(row => row.Pieces.Count > 0)],
        [.. gutters.Where(other => isLeft ? other.Middle < gutter.Middle : other.Middle > gutter.Middle)]);

    /// <summary>True when rules go over most of both sides, and none goes over the gutter.</summary>
    private bool AreBoxes(BandSide left, BandSide right, Gutter gutter)
    {
        var (top, bottom) = (band.Rows[0].Baseline + (2 * _size), band.Rows[^1].Baseline - (2 * _size));
        return rules.Across(gutter.Middle, bottom, top).Count == 0 && rules.Over(left.Left, left.Right, bottom, top) >= FewestRows && rules.Over(right.Left, right.Right, bottom, top) >= FewestRows;
    }

    /// <summary>True when the rows of the two sides stand on other lines.</summary>
    private static bool HaveOtherLines(BandSide left, BandSide right)
    {
        var fewer = left.Rows.Count < right.Rows.Count ? left : right;
        var others = (fewer == left ? right : left).Rows.Select(row => row.Pieces[0].Baseline).ToList();
        var compared = fewer.Rows.Take(MostCompared).ToList();
        return compared.Count > FewestRows
            && compared.Count(row => others.Exists(line => Math.Abs(line - row.Pieces[0].Baseline) < 0.14 * row.Pieces[0].Size)) <= FewCommonLines * compared.Count;
    }

    /// <summary>True when one side begins above the other one or ends below it.</summary>
    private static bool OneIsLonger(BandSide left, BandSide right) => left.Rows[0].Row != right.Rows[0].Row || left.Rows[^1].Row != right.Rows[^1].Row;

    /// <summary>True when the page's content holds the side row by row.</summary>
    private bool IsByRow(BandSide side) => side.Gutters.Exists(gutter => !BandJudge.IsOneAfterTheOther(band, gutter, side.Left, side.Right));
}
