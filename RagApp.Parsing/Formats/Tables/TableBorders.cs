using RagApp.Text;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Finds the empty columns that stand between two tables, and not between the columns of one. Both sides must have rows of several cells, and the right one names
/// in its first column what its rows are about, or begins with the same column name as the left one.
/// </summary>
internal static class TableBorders
{
    private const int FewestRows = 2;

    /// <summary>Largest number of empty columns that are looked at; a sheet with more has cells here and there.</summary>
    private const int MostColumns = 64;

    /// <summary>Smallest share of the rows of the right table that have a label, and a different one each.</summary>
    private const double Labelled = 0.8;

    /// <returns>The first columns of the tables after the first, from left to right.</returns>
    public static IReadOnlyList<int> Find(List<IReadOnlyList<TableCell>> rows, IReadOnlyList<(int First, int Last)> hidden)
    {
        var borders = new List<int>();
        var from = 0;
        foreach (var column in AfterEmptyColumns(rows, hidden) is { Count: <= MostColumns } columns ? columns : [])
        {
            var (left, right) = (Side(rows, from, column), Side(rows, column, TableCell.MostColumns));
            if (!AreTwo(left, right))
                continue;
            borders.Add(column);
            from = column;
        }
        return borders;
    }

    /// <summary>Columns with cells that follow a column without any. A title over all of it counts for its first column.</summary>
    private static List<int> AfterEmptyColumns(List<IReadOnlyList<TableCell>> rows, IReadOnlyList<(int First, int Last)> hidden)
    {
        var covered = hidden.Select(columns => (columns.First, End: columns.Last + 1))
            .Concat(rows.SelectMany(row => row.Count == 1 ? row.Select(cell => (First: cell.Column, End: cell.Column + 1)) : row.Select(cell => (First: cell.Column, cell.End)))).Order();
        var (columns, end) = (new List<int>(), -1);
        foreach (var (first, next) in covered)
        {
            if (end >= 0 && first > end)
                columns.Add(first);
            end = Math.Max(end, next);
        }
        return columns;
    }

    private static List<(int Row, List<TableCell> Cells)> Side(List<IReadOnlyList<TableCell>> rows, int from, int to) =>
        [.. rows.Select((row, at) => (Row: at, Cells: row.Where(cell => cell.Column >= from && cell.Column < to).ToList())).Where(row => row.Cells.Count > 0)];

    private static bool AreTwo(List<(int Row, List<TableCell> Cells)> left, List<(int Row, List<TableCell> Cells)> right)
    {
        var (wideLeft, wideRight) = (left.FindAll(row => row.Cells.Count > 1), right.FindAll(row => row.Cells.Count > 1));
        if (wideLeft.Count < FewestRows || wideRight.Count < FewestRows)
            return false;
        if (string.Equals(wideLeft[0].Cells[0].Text, wideRight[0].Cells[0].Text, StringComparison.OrdinalIgnoreCase))
            return true;
        var first = wideRight.Min(row => row.Cells[0].Column);
        var labels = wideRight.Where(row => row.Cells[0].Column == first && IsLabel(row.Cells[0].Text)).Select(row => row.Cells[0].Text).ToList();
        return labels.Distinct(StringComparer.OrdinalIgnoreCase).Count() >= Labelled * wideRight.Count;
    }

    /// <summary>True for words; signs of currencies and of percent stand in columns of their own in statements.</summary>
    private static bool IsLabel(string text) => text.Count(char.IsLetter) > 1 && !TableCells.IsValue(text.Trim());
}
