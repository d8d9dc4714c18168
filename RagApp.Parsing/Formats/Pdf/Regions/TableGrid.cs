using RagApp.Parsing.Formats.Pdf.Glyphs;
using RagApp.Parsing.Formats.Tables;
using RagApp.Text;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Reads a band as a table: puts its pieces into cells by the gutters, and lines of wrapped cells together:
/// <code>
/// Pump 3   Loses oil when it    Replace the          Pump 3 | Loses oil when it runs long | Replace the sealing ring
///          runs long            sealing ring   ->    Fan 12 | Rattles | Tighten the screws
/// Fan 12   Rattles              Tighten the screws
/// </code>
/// Lines belong to one row when no rule stands between them in a table with rules between its rows; elsewhere when a line has no first cell, or stands nearer to the
/// line above than the rows do and goes on with its text.
/// </summary>
internal sealed class TableGrid(PageRules rules, Band band, List<Gutter> gutters)
{
    /// <summary>Stands between the lines of a cell.</summary>
    public const char NextLine = '\n';

    private const int FewestRuledRows = 3;

    /// <summary>Largest number of lines of a row.</summary>
    private const int MostLines = 30;

    /// <summary>Ratio from which two lines stand further apart than the lines of a cell.</summary>
    private const double Apart = 1.25;

    private readonly List<PieceRow> _lines = band.Rows;
    private readonly bool _isRightToLeft = band.Rows.Sum(row => row.Pieces.Count(piece => piece.IsRightToLeft)) * 2 > band.Rows.Sum(row => row.Pieces.Count);

    /// <param name="heads">Turned texts that may stand over the columns.</param>
    public PdfBlock Read(IReadOnlyList<ColumnHead> heads)
    {
        var rows = Grouped().ConvertAll(Cells);
        var hasHeader = rows.Count > 1 && rows[0].Count > 1 && rows[0].TrueForAll(cell => cell.IsStrong) && !rows[1].TrueForAll(cell => cell.IsStrong);
        if (HeadRow(heads) is { Count: > 1 } head)
        {
            rows.Insert(0, head);
            hasHeader = true;
        }
        if (gutters.Count == 1 && rows.TrueForAll(row => row.Count == 2 && row[0].Text.EndsWith(':')))
            rows = rows.ConvertAll(row => (List<TableCell>)[new TableCell(0, $"{row[0].Text} {row[1].Text}")]);
        var pieces = _lines.SelectMany(row => row.Pieces).ToList();
        return new PdfBlock([], pieces[pieces.Count / 2].Size, IsBold: false) { Rows = rows, HasHeader = hasHeader };
    }

    private List<List<PieceRow>> Grouped()
    {
        var ruled = Ruled();
        if (ruled.Count >= FewestRuledRows && ruled.Count * 3 >= _lines.Count)
            return ruled;
        var steps = _lines.Zip(_lines.Skip(1), (one, next) => one.Baseline - next.Baseline).Order().ToList();
        var least = steps.Count > 0 ? steps[steps.Count / 10] : 0;
        var hasSteps = steps.Count > 0 && steps[^1] > Apart * least;
        var groups = new List<List<PieceRow>>();
        foreach (var line in _lines)
        {
            if (groups.Count > 0 && groups[^1].Count < MostLines && GoesOn(groups[^1], line, groups[^1][^1].Baseline - line.Baseline <= Apart * least, hasSteps))
                groups[^1].Add(line);
            else
                groups.Add([line]);
        }
        return groups;
    }

    private List<List<PieceRow>> Ruled()
    {
        var heights = rules.Across(gutters[gutters.Count / 2].Middle, _lines[^1].Baseline, _lines[0].Baseline);
        var groups = new List<List<PieceRow>> { new() };
        var at = 0;
        foreach (var line in _lines)
        {
            var isBelow = false;
            while (at < heights.Count && heights[at] > line.Baseline + (0.2 * line.Size))
                (at, isBelow) = (at + 1, true);
            if (isBelow && groups[^1].Count > 0)
                groups.Add([]);
            groups[^1].Add(line);
        }
        return groups;
    }

    /// <summary>True when the line goes on with the row above it.</summary>
    /// <param name="isNear">True when it stands as near to the line above as lines do in this table.</param>
    /// <param name="hasSteps">True when some lines stand further apart than others.</param>
    private bool GoesOn(List<PieceRow> row, PieceRow line, bool isNear, bool hasSteps)
    {
        var (cells, above) = (Cells([line]), Cells(row));
        if (!isNear || cells.Exists(cell => TableCells.IsValue(cell.Text)) || cells.Exists(cell => cell.Columns > 1) || above.Exists(cell => cell.Columns > 1))
            return false;
        if (cells is [{ Column: 0 } alone] && (TableNotes.IsNote(alone.Text) || alone.IsStrong != above.TrueForAll(cell => cell.IsStrong)))
            return false; // a note, or a subhead
        var isUnderText = cells.TrueForAll(cell => above.Exists(other => other.Column == cell.Column && !TableCells.IsValue(other.Text)));
        var hasFirst = cells.Exists(cell => cell.Column == 0);
        if (!hasFirst)
            return isUnderText;
        if (row[0] == _lines[0] && !above.Exists(cell => cell.Column == 0))
            return !above.Exists(cell => TableCells.IsValue(cell.Text)); // the lower line of column names
        var beginsSmall = cells.TrueForAll(cell => char.IsLower(cell.Text[0]));
        return isUnderText && (beginsSmall || (hasSteps && cells.Count < above.Count));
    }

    private List<TableCell> Cells(List<PieceRow> lines)
    {
        var pieces = lines.SelectMany(line => line.Pieces).ToList();
        var cells = pieces.GroupBy(Place).Select(cell => new TableCell(
            cell.Key.Column, Text([.. cell]), cell.Key.Columns, IsStrong: cell.All(piece => piece.IsBold)));
        return [.. cells.OrderBy(cell => cell.Column)];
    }

    private (int Column, int Columns) Place(LinePiece piece)
    {
        var first = gutters.Count(gutter => gutter.Middle <= piece.Left);
        var last = Math.Max(first, gutters.Count(gutter => gutter.Middle < piece.Right));
        return (_isRightToLeft ? gutters.Count - last : first, last - first + 1);
    }

    private static string Text(List<LinePiece> pieces) => string.Join(NextLine, PieceRow.Of(pieces).Select(row => LinePiece.Join(row.Pieces).Text));

    private List<TableCell> HeadRow(IReadOnlyList<ColumnHead> heads)
    {
        var first = _lines[0];
        var (left, right) = (_lines.Min(line => line.Left), _lines.Max(line => line.Right));
        return [.. heads.Where(head => head.Middle > left - first.Size && head.Middle < right + (2 * first.Size) && head.Bottom > first.Baseline && head.Bottom < first.Baseline + (4 * first.Size))
            .GroupBy(head => BandColumn.At(head.Middle, gutters))
            .Select(column => new TableCell(_isRightToLeft ? gutters.Count - column.Key : column.Key, LineJoin.Join(column.OrderBy(head => head.Middle).Select(head => head.Text), DividedWords.Unknown), IsStrong: true))
            .OrderBy(cell => cell.Column)];
    }
}
