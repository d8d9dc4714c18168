namespace RagApp.Text;

/// <summary>
/// Finds for each row of a table the rows that name its columns: titles, groups of columns, the columns, and a title between the rows that names a group of
/// them. A row of numbers has no meaning without them, so every passage of the table and every quoted row begins with them.
/// </summary>
public static class TableHeader
{
    /// <summary>Largest number of consecutive rows that name columns.</summary>
    private const int MostRows = 4;

    /// <summary>Least share of rows with values among the rows of several cells in a table of numbers; other tables hold text.</summary>
    private const double LeastValueRows = 0.3;

    private const string AfterName = ": ";

    /// <summary>True when a line is a row of a table: cells with bars or tabs between them.</summary>
    /// <param name="line">Not empty.</param>
    public static bool IsRow(ReadOnlySpan<char> line) => line[0] == '|' || line.Contains('\t') || line.Count(" | ") > 0;

    /// <summary>Reads the rows of one table.</summary>
    /// <param name="rows">The rows as text: cells with bars or tabs between them.</param>
    public static IReadOnlyList<TableRow> Read(IReadOnlyList<string> rows)
    {
        var cells = rows.Select(TableCells.Of).ToList();
        var kinds = KindsOf(cells);
        var wide = kinds.Count(kind => kind is not RowKind.Title and not RowKind.Rule);
        return kinds.Count(kind => kind is RowKind.Values or RowKind.Named) >= Math.Max(1, wide * LeastValueRows)
            ? ReadNumbers(cells, kinds)
            : ReadText(cells, kinds);
    }

    /// <summary>
    /// In a table of numbers, rows without a value in front of a row with values are a header. A later run of such rows replaces the header when it names
    /// columns, and is a title of the rows below it when each of its rows is one cell.
    /// </summary>
    private static TableRow[] ReadNumbers(List<string[]> cells, List<RowKind> kinds)
    {
        var rows = new TableRow[cells.Count];
        var (header, group, run) = (new List<(int Row, HashSet<string> Names)>(), new List<int>(), new List<int>());
        for (var at = 0; at < rows.Length; at++)
        {
            rows[at] = TableRow.Plain;
            if (kinds[at] is RowKind.Rule)
                continue;
            if (kinds[at] is RowKind.Title or RowKind.Names)
            {
                run.Add(at);
                continue;
            }
            if (kinds[at] is RowKind.Values or RowKind.Named && run.Count > 0)
            {
                run.RemoveRange(0, Math.Max(0, run.Count - MostRows));
                var names = run.FindLastIndex(row => kinds[row] == RowKind.Names);
                if (names >= 0 || header.Count == 0)
                {
                    var end = names < 0 ? run.Count : names + 1; // titles below the names are those of the first group
                    (header, group) = ([.. run.Take(end).Select(row => (row, cells[row].ToHashSet(StringComparer.Ordinal)))], [.. run.Skip(end)]);
                }
                else
                    group = [.. run];
                foreach (var row in run)
                    rows[row] = TableRow.InHeader;
            }
            run.Clear();
            if (kinds[at] is RowKind.Values)
                rows[at] = new TableRow(IsHeader: false, [.. header.Select(names => names.Row), .. group]);
            else if (kinds[at] is RowKind.Named) // each cell says the name of its column
                rows[at] = new TableRow(IsHeader: false, [.. header.Where(names => !SaysNames(cells[at], names.Names)).Select(names => names.Row), .. group]);
        }
        return rows;
    }

    /// <summary>In a table of text with three columns or more, the first row with several cells names the columns, when all of its cells are short.</summary>
    private static TableRow[] ReadText(List<string[]> cells, List<RowKind> kinds)
    {
        var names = kinds.FindIndex(kind => kind is not RowKind.Title);
        var isHeader = names >= 0 && names < MostRows && names < cells.Count - 1 && kinds[names] == RowKind.Names && cells[names].Length > 2;
        IReadOnlyList<int> header = isHeader ? [.. Enumerable.Range(0, names + 1)] : [];
        return
        [
            .. cells.Select((_, at) => isHeader && at <= names ? TableRow.InHeader
                : kinds[at] == RowKind.Named ? TableRow.Plain
                : new TableRow(IsHeader: false, header)),
        ];
    }

    private static List<RowKind> KindsOf(List<string[]> cells)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        return cells.ConvertAll(row =>
        {
            if (SaysNames(row, columns))
                return RowKind.Named;
            if (!Array.Exists(row, cell => cell.Any(char.IsLetterOrDigit)))
                return RowKind.Rule;
            if (!Array.TrueForAll(row, TableCells.IsName))
                return Array.Exists(row, TableCells.IsValue) ? RowKind.Values : RowKind.Other;
            columns.UnionWith(row);
            return row.Length == 1 ? RowKind.Title : RowKind.Names;
        });
    }

    /// <summary>True for a row in which a cell begins with the name of its column.</summary>
    private static bool SaysNames(string[] row, HashSet<string> names) => Array.Exists(row, cell => NameIn(cell, names) is not null);

    /// <summary>The name of a column at the start of a cell, as in <c>Rate: 140</c>; null when there is none.</summary>
    private static string? NameIn(string cell, HashSet<string> columns)
    {
        for (var at = cell.IndexOf(AfterName, StringComparison.Ordinal); at is >= 0 and <= TableCells.LongestName; at = cell.IndexOf(AfterName, at + 1, StringComparison.Ordinal))
        {
            if (columns.TryGetValue(cell[..at], out var name))
                return name;
        }
        return null;
    }

    private enum RowKind
    {
        /// <summary>A row with at least one value.</summary>
        Values,

        /// <summary>A row whose cells say the names of their columns.</summary>
        Named,

        /// <summary>Several short texts that may name columns.</summary>
        Names,

        /// <summary>One short text.</summary>
        Title,

        /// <summary>A line without a letter or digit, such as the one below the names in Markdown.</summary>
        Rule,

        Other,
    }
}

/// <param name="IsHeader">True for a row that names the columns or the rows below it.</param>
/// <param name="Header">Positions of the rows that name this row's columns and group, in order; empty for a header row.</param>
public sealed record TableRow(bool IsHeader, IReadOnlyList<int> Header)
{
    internal static readonly TableRow Plain = new(IsHeader: false, []);

    internal static readonly TableRow InHeader = new(IsHeader: true, []);
}
