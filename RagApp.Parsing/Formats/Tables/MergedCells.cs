namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Repeats the text of a cell that covers several rows in each of them, since a row must be understood alone:
/// <code>
/// Bookbinding | Monday   | 9 to 12         Bookbinding | Monday   | 9 to 12
///             | Thursday | 14 to 18   ->   Bookbinding | Thursday | 14 to 18
/// </code>
/// Costs as much as the cells that are there, however many rows and columns they claim to cover.
/// </summary>
internal sealed class MergedCells
{
    /// <summary>Largest number of characters of a text that is repeated.</summary>
    private const int LongestLabel = 200;

    /// <summary>Largest number of cells that reach into the next row.</summary>
    private const int MostOpen = 256;

    /// <summary>Largest number of characters repeated in one table.</summary>
    private const int MostRepeated = 1_000_000;

    private List<TableCell> _open = [];
    private int _repeated;

    /// <summary>The first column from <paramref name="column"/> on that no cell above covers.</summary>
    public int NextFree(int column)
    {
        foreach (var above in _open)
        {
            if (above.Rows != TableCell.UntilNotCovered && column >= above.Column && column < above.End)
                column = above.End;
        }
        return column;
    }

    /// <summary>Returns the cells of the next row that have text, with those that cover it from above, by column. A row without text of its own is empty.</summary>
    public IReadOnlyList<TableCell> Complete(IReadOnlyList<TableCell> row)
    {
        if (_open.Count == 0 && !row.Any(cell => cell.Rows > 1))
            return [.. row.Where(cell => cell.HasText)];
        var own = row.Where(cell => cell.Rows != TableCell.Covered).ToList();
        var taken = own.Where(cell => cell.HasText).Select(cell => cell.Column).ToHashSet();
        var covered = row.Where(cell => cell.Rows == TableCell.Covered).Select(cell => cell.Column).ToHashSet();
        var above = _open.Where(cell => !taken.Contains(cell.Column) && (cell.Rows != TableCell.UntilNotCovered || covered.Contains(cell.Column))).ToList();
        var complete = own.Where(cell => cell.HasText).ToList();
        if (complete.Count > 0)
            complete.AddRange(above.Where(Repeats));
        _open = [.. OneRowLess(above, 1).Concat(own.Where(cell => cell.Rows > 1 && cell.HasText && cell.Text.Length <= LongestLabel).Select(OneRowLess)).Take(MostOpen).OrderBy(cell => cell.Column)];
        complete.Sort((one, other) => one.Column.CompareTo(other.Column));
        return complete;
    }

    /// <summary>Passes over rows that are not written.</summary>
    public void Skip(int rows)
    {
        if (_open.Count > 0)
            _open = [.. OneRowLess(_open, rows)];
    }

    private bool Repeats(TableCell cell)
    {
        _repeated += cell.Text.Length;
        return _repeated <= MostRepeated;
    }

    private static IEnumerable<TableCell> OneRowLess(IEnumerable<TableCell> cells, int rows) =>
        cells.Select(cell => cell.Rows == TableCell.UntilNotCovered ? cell : cell with { Rows = cell.Rows - rows }).Where(cell => cell.Rows > 0);

    private static TableCell OneRowLess(TableCell cell) => cell.Rows == TableCell.UntilNotCovered ? cell : cell with { Rows = cell.Rows - 1 };
}
