using System.Globalization;

namespace RagApp.Storage.Analysis;

/// <summary>
/// The rows at the top of a table that name its columns: a title over them, groups of columns, the columns. A row of
/// numbers alone says nothing, so they stand at the head of every passage of the table and of every row that is quoted.
/// </summary>
public static class TableHeader
{
    private const int MostRows = 3;
    private const int LongestName = 60;
    private const string AfterName = ": ";

    /// <summary>How many rows at the top name columns; 0 where the first is a row like all others.</summary>
    /// <param name="rows">Of one table, as text: cells with bars or tabs between them.</param>
    public static int CountRows(IReadOnlyList<string> rows)
    {
        for (var count = 1; count < rows.Count && count <= MostRows; count++)
        {
            var cells = CellsOf(rows[count - 1]);
            if (cells.Length == 0 || !Array.TrueForAll(cells, IsName))
                return 0;
            if (cells.Length > 1)
            {
                var columns = cells.ToHashSet(StringComparer.Ordinal);
                return Array.Exists(CellsOf(rows[count]), cell => IsNamed(cell, columns)) ? 0 : count;
            }
        }
        return 0;
    }

    /// <summary>Whether a cell of a sheet carries a column's name already, as <c>Rate: 140</c> does.</summary>
    private static bool IsNamed(string cell, HashSet<string> columns)
    {
        var names = columns.GetAlternateLookup<ReadOnlySpan<char>>();
        var start = cell.AsSpan(0, Math.Min(cell.Length, LongestName + AfterName.Length));
        for (var at = start.IndexOf(AfterName, StringComparison.Ordinal); at >= 0;)
        {
            if (names.Contains(start[..at]))
                return true;
            var further = start[(at + 1)..].IndexOf(AfterName, StringComparison.Ordinal);
            at = further < 0 ? further : at + 1 + further;
        }
        return false;
    }

    private static string[] CellsOf(string row) => row.Split(['|', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Short, and no value: years name columns too.</summary>
    private static bool IsName(string cell) => cell.Length <= LongestName && (char.IsLetter(cell[0]) || cell[0] == '(' || IsYear(cell));

    private static bool IsYear(string cell) => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;
}
