using System.Globalization;
using System.Text.RegularExpressions;
using RagApp.Parsing.Formats.Pdf.Glyphs;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Decides whether a band is a table or columns of text. Evidence for columns: running text on both sides, and a page's content that holds one column after the
/// other. Evidence for a table: rules, cells on the same lines, short cells, blocks of text that begin on the same lines.
/// </summary>
internal sealed partial class BandJudge(PageRules rules)
{
    private const double SameLine = 0.14;
    private const double MostMarkers = 0.85;
    private const int FewestNumberedLines = 4;

    /// <summary>Fewest lines of each of three or more columns of text.</summary>
    private const int FewestOfMany = 7;

    public BandKind Judge(Band band, List<Gutter> gutters)
    {
        if (gutters.Count == 0)
            return BandKind.Lines;
        var columns = BandColumn.Of(band.Rows, gutters);
        if (columns[0].Pieces.Count > 0 && columns[0].Pieces.Count(piece => Marker().IsMatch(piece.Text)) >= MostMarkers * columns[0].Pieces.Count)
            return BandKind.List;
        if (gutters.Count == 1 && columns[1].IsProse && AreLineNumbers(columns[0].Pieces))
            return BandKind.NumberedLines;
        return AreColumns(band, gutters, columns) ? BandKind.Columns : BandKind.Table;
    }

    /// <summary>True when the page's content holds all that stands to the left before all that stands to the right.</summary>
    /// <param name="from">Left edge of what is looked at.</param>
    /// <param name="to">Right edge of what is looked at.</param>
    public static bool IsOneAfterTheOther(Band band, Gutter gutter, double from = double.MinValue, double to = double.MaxValue)
    {
        var pieces = band.Rows.SelectMany(row => row.Pieces).Where(piece => piece.Left >= from && piece.Right <= to).ToList();
        var left = pieces.Where(piece => piece.Right <= gutter.Right).Select(piece => piece.Order).Order().ToList();
        var right = pieces.Where(piece => piece.Left >= gutter.Left).Select(piece => piece.Order).Order().ToList();
        return left.Count > 0 && right.Count > 0 && left[^1] < right[0];
    }

    private bool AreColumns(Band band, List<Gutter> gutters, List<BandColumn> columns)
    {
        if (IsRuled(band, gutters))
            return false;
        var inOrder = gutters.TrueForAll(gutter => IsOneAfterTheOther(band, gutter));
        var all = columns.Sum(column => column.Letters);
        var prose = columns.Where(column => column.IsProse).Sum(column => column.Letters);
        if (prose > 0.9 * all)
            return gutters.Count == 1 ? inOrder || columns.TrueForAll(column => column.IsLong) || !BeginTogether(columns) : inOrder || (!BeginTogether(columns) && columns.TrueForAll(column => column.Pieces.Count >= FewestOfMany));
        if (gutters.Count == 1 && columns.TrueForAll(column => column.GoesOn > (inOrder ? 0.6 : 0.8)))
            return true;
        if (gutters.Count == 1 && columns[0].Letters > 0 && prose > 0.6 * all && inOrder && ShareOnSameLine(columns) < 0.9)
            return true;
        return ShareOnSameLine(columns) < 0.5 && inOrder;
    }

    private bool IsRuled(Band band, List<Gutter> gutters)
    {
        var (top, bottom) = (band.Rows[0].Baseline + (2 * band.Rows[0].Size), band.Rows[^1].Baseline - (2 * band.Rows[^1].Size));
        return gutters.Exists(gutter => rules.Across(gutter.Middle, bottom, top).Count >= 3);
    }

    /// <summary>Share of the pieces of the column with the fewest that have a piece of another column on the same line.</summary>
    private static double ShareOnSameLine(List<BandColumn> columns)
    {
        var fewest = columns.Where(column => column.Pieces.Count > 0).MinBy(column => column.Pieces.Count)!;
        var heights = columns.Where(column => column != fewest).SelectMany(column => column.Pieces).Select(piece => piece.Baseline).Order().ToArray();
        return (double)fewest.Pieces.Count(piece => HasNear(heights, piece.Baseline, SameLine * piece.Size)) / fewest.Pieces.Count;
    }

    /// <summary>True when the blocks of text of all columns begin on the same lines, several times.</summary>
    private static bool BeginTogether(List<BandColumn> columns)
    {
        var starts = columns.Select(Starts).Where(heights => heights.Length > 0).ToList();
        var first = starts.MinBy(heights => heights.Length);
        return first is { Length: >= 3 } && starts.Count > 1
            && first.Count(height => starts.TrueForAll(others => HasNear(others, height, 1))) >= 0.8 * first.Length;
    }

    /// <summary>Heights of the lines that begin a block of text, in ascending order.</summary>
    private static double[] Starts(BandColumn column)
    {
        var heights = column.Pieces.Select(piece => piece.Baseline).OrderDescending().ToList();
        if (heights.Count < 2)
            return [.. heights];
        var steps = heights.Zip(heights.Skip(1), (one, next) => one - next).Order().ToList();
        var usual = steps[steps.Count / 4];
        return [.. heights.Where((height, at) => at == 0 || heights[at - 1] - height > 1.25 * usual).Order()];
    }

    private static bool HasNear(double[] ascending, double value, double tolerance)
    {
        var at = Array.BinarySearch(ascending, value - tolerance);
        at = at < 0 ? ~at : at;
        return at < ascending.Length && ascending[at] <= value + tolerance;
    }

    private static bool AreLineNumbers(IReadOnlyList<LinePiece> pieces)
    {
        if (pieces.Count < FewestNumberedLines)
            return false;
        var numbers = new List<int>();
        foreach (var piece in pieces)
        {
            if (!int.TryParse(piece.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return false;
            numbers.Add(number);
        }
        var step = numbers[1] - numbers[0];
        return step is 1 or 5 or 10 && numbers.Zip(numbers.Skip(1)).All(pair => pair.Second - pair.First == step);
    }

    [GeneratedRegex(@"^([•▪◦●○■□–—\-*·➢✓❖►o\uF0B7\uF0A7]|\[[x ]\]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]|\(?[IVX]{1,5}[.)]|\d+(\.\d+)+\.?|\[\d{1,3}\])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Marker();
}
