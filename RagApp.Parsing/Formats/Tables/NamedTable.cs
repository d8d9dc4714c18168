using System.Globalization;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Writes the rows of a table of a sheet so that each can be understood alone, since a long table is cut into passages:
/// below a row of column names, each cell is written with its column name.
/// <code>
/// Country | Nights | Rate          Country | Nights | Rate
/// France  | 3      | 140     ->    Country: France | Nights: 3 | Rate: 140
/// </code>
/// Cells that are empty are left out, however many there are.
/// </summary>
internal sealed class NamedTable : ITable
{
    private const int LongestName = 60;

    /// <summary>Largest number of rows of texts that wait for a value below them, which shows that the row above them has the column names.</summary>
    private const int MostWaiting = 200;

    /// <summary>Largest number of column names written for one cell that covers several columns.</summary>
    private const int MostNames = 32;

    private readonly BlockWriter _output;
    private readonly bool _trustFirstRow;
    private readonly TableHead _head = new();
    private readonly TableLabels _labels;
    private readonly List<(IReadOnlyList<TableCell> Row, string? Label)> _waiting = [];
    private Dictionary<int, string>? _names;
    private bool _namesAreStrong;
    private bool _hasRows;

    /// <param name="trustFirstRow">True when column names need not be followed by a number, as in CSV.</param>
    public NamedTable(BlockWriter output, bool trustFirstRow)
    {
        (_output, _trustFirstRow) = (output, trustFirstRow);
        _labels = new TableLabels((row, label) => Take(row, label, isHeader: false), WriteNote);
    }

    public bool HasRows => _hasRows || _waiting.Count > 0;

    public void Add(IReadOnlyList<TableCell> row, bool isHeader) => Give(_head.Add(row, isHeader));

    public void End()
    {
        Give(_head.End());
        _labels.End();
        WriteWaiting(named: _namesAreStrong);
    }

    private void Give(IEnumerable<(IReadOnlyList<TableCell> Cells, bool IsHeader)> rows)
    {
        foreach (var (row, isHeader) in rows)
        {
            if (!isHeader)
                _labels.Add(row);
            else
            {
                _labels.BeginBelow(row);
                Take(row, label: null, isHeader);
            }
        }
    }

    private void Take(IReadOnlyList<TableCell> row, string? label, bool isHeader)
    {
        if (_names is not { } names)
        {
            Write(row, label, named: false);
            TakeNames(row, isHeader);
        }
        else if (NamesIn(row) is { } newNames && ReplaceNames(newNames, row))
        {
            WriteWaiting(named: false);
            Write(row, label: null, named: false);
            (_names, _hasRows) = (newNames, false);
            _namesAreStrong = IsStrong(row);
        }
        else if (!IsBelow(names, row))
        {
            WriteWaiting(named: _hasRows);
            Write(row, label, named: false);
        }
        else if (_hasRows || _trustFirstRow || _namesAreStrong || row.Any(cell => IsValue(cell.Text)))
        {
            WriteWaiting(named: true);
            Write(row, label, named: true);
            _hasRows = true;
        }
        else
        {
            _waiting.Add((row, label));
            if (_waiting.Count > MostWaiting)
                WriteWaiting(named: false);
        }
    }

    private void Write(IReadOnlyList<TableCell> row, string? label, bool named)
    {
        var cells = row.Select(cell => named ? Named(cell) : cell.Text);
        _output.TableRow(label is null ? cells : cells.Prepend(label));
    }

    private void WriteWaiting(bool named)
    {
        foreach (var (row, label) in _waiting)
            Write(row, label, named);
        _waiting.Clear();
    }

    private void WriteNote(string note)
    {
        WriteWaiting(named: _namesAreStrong);
        _output.TableNote(note);
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
        !_trustFirstRow && (names.Count > _names!.Count || (IsStrong(row) && (_hasRows || !_namesAreStrong)));

    private static bool IsStrong(IReadOnlyList<TableCell> row) => row.All(cell => cell.IsStrong);

    private string Named(TableCell cell)
    {
        var texts = Enumerable.Range(cell.Column, Math.Min(cell.Columns, MostNames)).Select(column => _names!.GetValueOrDefault(column)).OfType<string>().ToList();
        return texts.Count == 0 ? cell.Text : $"{string.Join(", ", texts)}: {cell.Text}";
    }

    /// <summary>True when at least two of three cells have a column name above them; the first column often has none.</summary>
    private bool IsBelow(Dictionary<int, string> names, IReadOnlyList<TableCell> cells) =>
        cells.Count(cell => names.ContainsKey(cell.Column)) * 3 >= cells.Count * 2
        && (_trustFirstRow || cells.Count > 1 || IsValue(cells[0].Text));

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
