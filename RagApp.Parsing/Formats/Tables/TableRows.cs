using System.Globalization;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Writes the rows of a sheet so that each can be understood alone, since a long table is cut into passages:
/// below a row of column names, each cell is written with its column name.
/// <code>
/// Country | Nights | Rate          Country | Nights | Rate
/// France  | 3      | 140     ->    Country: France | Nights: 3 | Rate: 140
/// </code>
/// An empty row ends a table, unless it stands between the column names and the first row below them. Cells that are empty are left out, however many
/// there are.
/// </summary>
/// <param name="heading">Heading written before the first row, so that an empty sheet has none; null for no heading.</param>
/// <param name="trustFirstRow">True when column names need not be followed by a number, as in CSV.</param>
internal sealed class TableRows(BlockWriter output, string? heading, bool trustFirstRow)
{
    private const int LongestName = 60;

    private Dictionary<int, string>? _names;
    private bool _hasRows;
    private bool _written;

    public void Add(IReadOnlyList<TableCell> cells)
    {
        if (cells.Count == 0)
        {
            if (_hasRows)
                End();
            return;
        }
        WriteHeading();
        var below = _names is not null && IsBelow(_names, cells);
        output.TableRow(cells.Select(cell => below ? Named(cell) : cell.Text));
        _hasRows |= below;
        if (!below && NamesIn(cells) is { } names && names.Count * 2 > (_names?.Count ?? 0))
            (_names, _hasRows) = (names, false); // new column names; a shorter row would be a single remark
    }

    /// <summary>Ends the table.</summary>
    public void End() => (_names, _hasRows) = (null, false);

    public void WriteHeading()
    {
        if (!_written && heading is not null)
            output.Heading(1, heading);
        _written = true;
    }

    private string Named(TableCell cell) => _names!.TryGetValue(cell.Column, out var name) ? $"{name}: {cell.Text}" : cell.Text;

    /// <summary>True when at least two of three cells have a column name above them; the first column often has none.</summary>
    private bool IsBelow(Dictionary<int, string> names, IReadOnlyList<TableCell> cells) =>
        cells.Count(cell => names.ContainsKey(cell.Column)) * 3 >= cells.Count * 2
        && (trustFirstRow || cells.Any(cell => IsValue(cell.Text)));

    /// <summary>The cells as column names; null when they are not. Names are short, distinct and not numbers.</summary>
    private static Dictionary<int, string>? NamesIn(IReadOnlyList<TableCell> cells)
    {
        if (cells.Count < 2 || cells.Any(cell => cell.Text.Length > LongestName || (IsValue(cell.Text) && !IsYear(cell.Text))))
            return null;
        var names = cells.ToDictionary(cell => cell.Column, cell => CleanText.OneLine(cell.Text));
        return names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count ? names : null;
    }

    /// <summary>True for a number, an amount, a percentage or a date: at least as many digits as letters, and no letter at the start.</summary>
    private static bool IsValue(string text)
    {
        var (digits, letters) = (text.Count(char.IsDigit), text.Count(char.IsLetter));
        return digits > 0 && digits >= letters && !char.IsLetter(text.TrimStart()[0]);
    }

    private static bool IsYear(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;
}
