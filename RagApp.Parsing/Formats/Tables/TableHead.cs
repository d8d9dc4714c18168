using RagApp.Text;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Finds the rows at the top of a table that name its columns, and makes one row of them:
/// <code>
/// Group |    Members      |     Guests              Group | Members Summer | Members Winter | Guests Summer | Guests Winter
///       | Summer | Winter | Summer | Winter    ->
/// </code>
/// Rows are held back until it is known. They are a header when the file says so, or when a cell covers several columns of names and the row below them has a value.
/// </summary>
internal sealed class TableHead
{
    private const int MostRows = 4;
    private const int MostColumns = 512;

    private readonly List<IReadOnlyList<TableCell>> _held = [];
    private bool _isSaid;
    private bool _isDecided;

    /// <summary>Takes the next row; returns the rows to write, the header as one.</summary>
    /// <param name="isHeader">True when the file says that the row is a header.</param>
    public IEnumerable<(IReadOnlyList<TableCell> Cells, bool IsHeader)> Add(IReadOnlyList<TableCell> row, bool isHeader)
    {
        if (_isDecided || row.Count == 0)
            return [(row, false)];
        if (_held.Count == 0 && row.Count == 1)
            return [(row, false)]; // a title
        if (row.Count == 1)
            return [.. Decide(_isSaid), (row, false)]; // a subhead
        var hasValues = row.Any(cell => TableCells.IsValue(cell.Text.Trim()));
        if (_held.Count == 0 ? isHeader || (!hasValues && CoversColumns(row)) : _held.Count < MostRows && ((isHeader && _isSaid) || (!hasValues && _held.Count < RowsNeeded())))
        {
            _isSaid |= isHeader;
            _held.Add(row);
            return [];
        }
        return [.. Decide(_isSaid || (hasValues && _held.Count > 1 && _held.Count == RowsNeeded())), (row, false)];
    }

    /// <summary>Ends the table; returns the rows still held.</summary>
    public IEnumerable<(IReadOnlyList<TableCell> Cells, bool IsHeader)> End()
    {
        var left = Decide(_isSaid);
        (_isDecided, _isSaid) = (false, false);
        return left;
    }

    private List<(IReadOnlyList<TableCell> Cells, bool IsHeader)> Decide(bool isHeader)
    {
        _isDecided = true;
        List<(IReadOnlyList<TableCell>, bool)> rows = _held.Count == 0 ? [] : isHeader ? [(Combined(), true)] : _held.ConvertAll(row => (row, false));
        _held.Clear();
        return rows;
    }

    private static bool CoversColumns(IReadOnlyList<TableCell> row) => row.Any(cell => cell.Columns > 1);

    /// <summary>A row with cells that cover several columns needs another one below it that names each.</summary>
    private int RowsNeeded() => _held.FindLastIndex(CoversColumns) + 2;

    private List<TableCell> Combined()
    {
        var width = Math.Min(MostColumns, _held[^1].Max(cell => cell.End));
        var names = new List<string>[width];
        foreach (var cell in _held.SelectMany(row => row))
        {
            for (var column = cell.Column; column < Math.Min(width, cell.End); column++)
            {
                names[column] ??= [];
                if (!names[column].Contains(cell.Text, StringComparer.Ordinal))
                    names[column].Add(cell.Text);
            }
        }
        return [.. Enumerable.Range(0, width).Where(column => names[column] is not null).Select(column => new TableCell(column, string.Join(' ', names[column]), IsStrong: true))];
    }
}
