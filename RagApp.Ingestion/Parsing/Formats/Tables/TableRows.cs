using System.Globalization;

namespace RagApp.Ingestion.Parsing.Formats.Tables;

/// <summary>
/// Writes the rows of a sheet so that each can be understood alone, since a long table is cut into passages:
/// below a row of column names, cells are written with their name.
/// <code>
/// Country | Nights | Rate          Country | Nights | Rate
/// France  | 3      | 140     ->    Country: France | Nights: 3 | Rate: 140
/// </code>
/// An empty row ends a table. Cells that are empty are left out, however many there are.
/// </summary>
/// <param name="heading">Written before the first row, null for none: an empty sheet has no heading.</param>
/// <param name="trustFirstRow">Names need not be followed by a number to be names, as in CSV.</param>
internal sealed class TableRows(BlockWriter output, string? heading, bool trustFirstRow)
{
    private const int LongestName = 60;

    private Dictionary<int, string>? _names;
    private bool _written;

    public void Add(IReadOnlyList<TableCell> cells)
    {
        if (cells.Count == 0)
        {
            End();
            return;
        }
        WriteHeading();
        var below = _names is not null && IsBelow(_names, cells);
        output.TableRow(cells.Select(cell => below ? Named(cell) : cell.Text));
        if (!below && NamesIn(cells) is { } names && names.Count * 2 > (_names?.Count ?? 0))
            _names = names; // a longer row than a lone remark: the columns have other names from here on
    }

    /// <summary>What follows belongs to another table.</summary>
    public void End() => _names = null;

    public void WriteHeading()
    {
        if (!_written && heading is not null)
            output.Heading(1, heading);
        _written = true;
    }

    private string Named(TableCell cell) => _names!.TryGetValue(cell.Column, out var name) ? $"{name}: {cell.Text}" : cell.Text;

    /// <summary>Two of three cells have a name above them: often the first column has none.</summary>
    private bool IsBelow(Dictionary<int, string> names, IReadOnlyList<TableCell> cells) =>
        cells.Count(cell => names.ContainsKey(cell.Column)) * 3 >= cells.Count * 2
        && (trustFirstRow || cells.Any(cell => IsValue(cell.Text)));

    /// <summary>The cells as column names, or null when they are none: names are short, different, and no numbers.</summary>
    private static Dictionary<int, string>? NamesIn(IReadOnlyList<TableCell> cells)
    {
        if (cells.Count < 2 || cells.Any(cell => cell.Text.Length > LongestName || (IsValue(cell.Text) && !IsYear(cell.Text))))
            return null;
        var names = cells.ToDictionary(cell => cell.Column, cell => CleanText.OneLine(cell.Text));
        return names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count ? names : null;
    }

    /// <summary>A number, an amount, a share or a date: digits are at least half of what is written, and no letter is in front.</summary>
    private static bool IsValue(string text)
    {
        var (digits, letters) = (text.Count(char.IsDigit), text.Count(char.IsLetter));
        return digits > 0 && digits >= letters && !char.IsLetter(text.TrimStart()[0]);
    }

    private static bool IsYear(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;
}
