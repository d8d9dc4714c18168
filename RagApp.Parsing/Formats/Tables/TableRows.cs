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

    /// <summary>Largest number of rows of texts that wait for a value below them, which shows that the row above them has the column names.</summary>
    private const int MostWaiting = 200;

    /// <summary>Largest number of column names written for one cell that covers several columns.</summary>
    private const int MostNames = 32;

    private readonly TableHead _head = new();
    private readonly List<IReadOnlyList<TableCell>> _waiting = [];
    private MergedCells _merged = new();
    private Dictionary<int, string>? _names;
    private bool _namesAreStrong;
    private bool _hasRows;
    private bool _written;

    public void Add(IReadOnlyList<TableCell> cells)
    {
        var complete = _merged.Complete(cells);
        if (complete.Count == 0)
        {
            if (_hasRows || _waiting.Count > 0)
                End();
            return;
        }
        WriteHeading();
        foreach (var (row, isHeader) in _head.Add(complete, isHeader: false))
            Write(row, isHeader);
    }

    /// <summary>Passes over a row that is not shown.</summary>
    public void Skip() => _merged.Skip(1);

    /// <summary>Ends the table before a number of rows that have no cells.</summary>
    public void EndAfter(int emptyRows)
    {
        var merged = _merged;
        End();
        merged.Skip(emptyRows);
        _merged = merged;
    }

    /// <summary>Ends the table.</summary>
    public void End()
    {
        foreach (var (row, isHeader) in _head.End())
            Write(row, isHeader);
        WriteWaiting(named: _namesAreStrong);
        (_names, _hasRows, _namesAreStrong, _merged) = (null, false, false, new MergedCells());
    }

    public void WriteHeading()
    {
        if (!_written && heading is not null)
            output.Heading(1, heading);
        _written = true;
    }

    private void Write(IReadOnlyList<TableCell> row, bool isHeader)
    {
        if (_names is not { } names)
        {
            output.TableRow(row.Select(cell => cell.Text));
            TakeNames(row, isHeader);
        }
        else if (NamesIn(row) is { } newNames && ReplaceNames(newNames, row))
        {
            WriteWaiting(named: false);
            output.TableRow(row.Select(cell => cell.Text));
            (_names, _hasRows) = (newNames, false);
            _namesAreStrong = IsStrong(row);
        }
        else if (!IsBelow(names, row))
        {
            WriteWaiting(named: _hasRows);
            output.TableRow(row.Select(cell => cell.Text));
        }
        else if (_hasRows || trustFirstRow || _namesAreStrong || row.Any(cell => IsValue(cell.Text)))
        {
            WriteWaiting(named: true);
            output.TableRow(row.Select(Named));
            _hasRows = true;
        }
        else
        {
            _waiting.Add(row);
            if (_waiting.Count > MostWaiting)
                WriteWaiting(named: false);
        }
    }

    private void WriteWaiting(bool named)
    {
        foreach (var row in _waiting)
            output.TableRow(row.Select(cell => named ? Named(cell) : cell.Text));
        _waiting.Clear();
    }

    private void TakeNames(IReadOnlyList<TableCell> row, bool isHeader)
    {
        _names = isHeader ? row.ToDictionary(cell => cell.Column, cell => CleanText.OneLine(cell.Text)) : NamesIn(row);
        _namesAreStrong = _names is not null && IsStrong(row);
        _hasRows = false;
    }

    /// <summary>
    /// True when a row of texts below column names has other column names: it has more of them, as below a title, or it is bold and the rows above it are not. A row
    /// of texts is data otherwise.
    /// </summary>
    private bool ReplaceNames(Dictionary<int, string> names, IReadOnlyList<TableCell> row) =>
        !trustFirstRow && (names.Count > _names!.Count || (IsStrong(row) && (_hasRows || !_namesAreStrong)));

    private static bool IsStrong(IReadOnlyList<TableCell> row) => row.All(cell => cell.IsStrong);

    private string Named(TableCell cell)
    {
        var texts = Enumerable.Range(cell.Column, Math.Min(cell.Columns, MostNames)).Select(column => _names!.GetValueOrDefault(column)).OfType<string>().ToList();
        return texts.Count == 0 ? cell.Text : $"{string.Join(", ", texts)}: {cell.Text}";
    }

    /// <summary>True when at least two of three cells have a column name above them; the first column often has none.</summary>
    private bool IsBelow(Dictionary<int, string> names, IReadOnlyList<TableCell> cells) =>
        cells.Count(cell => names.ContainsKey(cell.Column)) * 3 >= cells.Count * 2
        && (trustFirstRow || cells.Count > 1 || IsValue(cells[0].Text));

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
