using System.Globalization;
using RagApp.Ingestion.Parsing;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// The rows at the top of a table that name its columns. They stand again at the head of every chunk that begins
/// further down, since a row of numbers alone says nothing.
/// </summary>
internal static class TableHeader
{
    /// <summary>A title over the columns, a group of columns, the columns.</summary>
    private const int MostRows = 3;

    private const int LongestName = 60;
    private const double MostWords = ChunkSize.MaxWords / 4;

    /// <summary>How many rows at the top name columns, and what they say, row by row; none where the first is a row like all others.</summary>
    /// <param name="rows">Of one table.</param>
    public static (int Rows, string Text) Of(IReadOnlyList<TextBlock> rows)
    {
        var names = new List<string>();
        foreach (var row in rows.Take(MostRows))
        {
            var cells = CellsOf(row);
            if (cells.Length == 0 || cells.Any(cell => !IsName(cell)))
                break;
            names.Add(row.Text);
            if (cells.Length > 1)
                return Checked(rows, names, cells);
        }
        return (0, "");
    }

    /// <summary>A lone row below is no table to cut; a sheet's cells carry their column's name already.</summary>
    private static (int Rows, string Text) Checked(IReadOnlyList<TextBlock> rows, List<string> names, string[] columns)
    {
        var text = string.Join('\n', names);
        return rows.Count < names.Count + 2 || ChunkSize.Words(text) > MostWords || CellsOf(rows[names.Count]).Any(cell => IsNamed(cell, columns))
            ? (0, "")
            : (names.Count, text);
    }

    private static bool IsNamed(string cell, string[] columns) => Array.Exists(columns, column => cell.StartsWith($"{column}: ", StringComparison.Ordinal));

    private static string[] CellsOf(TextBlock row) => row.Text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Short, and no value: years name columns too.</summary>
    private static bool IsName(string cell) => cell.Length <= LongestName && (char.IsLetter(cell[0]) || cell[0] == '(' || IsYear(cell));

    private static bool IsYear(string cell) => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;
}
