using System.Collections.Frozen;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Gives rows the subhead above them as a label, since a row must be understood alone, and keeps the notes below a table apart from its rows:
/// <code>
/// Region | Rate           Region | Rate
/// Europe                  Europe: France | 140
/// France | 140      ->    Europe: Spain | 120
/// Spain  | 120            * from May on           (a note)
/// * from May on
/// </code>
/// A subhead stands alone in its row, and is bold or covers several columns. Subheads that follow each other are levels; a sum ends
/// the last one.
/// </summary>
/// <param name="write">Writes a row with its label; null for none.</param>
/// <param name="writeNote">Writes a note below the table.</param>
internal sealed class TableLabels(Action<IReadOnlyList<TableCell>, string?> write, Action<string> writeNote)
{
    private const int LongestSubhead = 80;
    private const int MostLevels = 4;

    /// <summary>Largest number of rows with one text that wait for what follows them.</summary>
    private const int MostAlone = 40;

    /// <summary>Words with which a sum begins.</summary>
    private static readonly FrozenSet<string> Sums = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "total", "totals", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt", "somme", "suma", "totale", "totaal", "razem", "итого", "всего", "合計", "小計", "合计");

    private readonly List<string> _labels = [];
    private readonly List<IReadOnlyList<TableCell>> _alone = [];
    private int _firstColumn = int.MaxValue;
    private int _width;

    private string? Label => _labels.Count == 0 ? null : string.Join(", ", _labels);

    /// <summary>Begins anew below a row that names the columns.</summary>
    public void BeginBelow(IReadOnlyList<TableCell> names)
    {
        WriteAlone();
        _labels.Clear();
        Measure(names);
    }

    public void Add(IReadOnlyList<TableCell> row)
    {
        if (row.Count == 0)
            return;
        if (MayBeAlone(row))
        {
            if (_alone.Count >= MostAlone)
                WriteAlone();
            _alone.Add(row);
            return;
        }
        if (row.Count == 1)
            WriteAlone();
        else if (row.All(cell => cell.IsStrong))
            BeginBelow(row); // the names of other columns, or a sum of everything
        else
            TakeSubheads();
        if (row.Count > 1)
            Measure(row);
        write(row, Label);
        if (_labels.Count > 0 && IsSum(row))
            _labels.RemoveAt(_labels.Count - 1);
    }

    /// <summary>Ends the table.</summary>
    public void End()
    {
        var notes = _alone.FindLastIndex(row => !TableNotes.IsNote(row)) + 1;
        var below = _alone[notes..];
        _alone.RemoveRange(notes, below.Count);
        WriteAlone();
        below.ForEach(row => writeNote(TableNotes.Text(row)!));
        _labels.Clear();
        (_firstColumn, _width) = (int.MaxValue, 0);
    }

    /// <summary>True for a row with one text, or with the mark of a note and its text in a wider table.</summary>
    private bool MayBeAlone(IReadOnlyList<TableCell> row) => _width > 0 && TableNotes.Text(row) is not null && (row.Count == 1 || _width - _firstColumn > 2);

    private void Measure(IReadOnlyList<TableCell> row) => (_firstColumn, _width) = (Math.Min(_firstColumn, row[0].Column), Math.Max(_width, row[^1].End));

    /// <summary>Makes the last of the rows with one text the label of the rows below; those before them are rows.</summary>
    private void TakeSubheads()
    {
        var from = _alone.FindLastIndex(row => !IsSubhead(row)) + 1;
        var subheads = _alone[from..].TakeLast(MostLevels).Select(row => CleanText.OneLine(row[0].Text).TrimEnd(':', ' ')).ToList();
        _alone.RemoveRange(_alone.Count - subheads.Count, subheads.Count);
        WriteAlone();
        if (subheads.Count == 0)
            return;
        _labels.RemoveRange(Math.Max(0, _labels.Count - subheads.Count), Math.Min(_labels.Count, subheads.Count));
        _labels.AddRange(subheads);
    }

    private void WriteAlone()
    {
        _alone.ForEach(row => write(row, IsSubhead(row) ? null : Label));
        _alone.Clear();
    }

    /// <summary>True for the sum of the rows below a subhead, with which they end.</summary>
    private static bool IsSum(IReadOnlyList<TableCell> row) => row[0].Text.Trim() is var text && Sums.Contains(text[..(text.IndexOfAny([' ', ':']) is > 0 and var end ? end : text.Length)]);

    private bool IsSubhead(IReadOnlyList<TableCell> row) => row is [var cell] && cell.Text.Length <= LongestSubhead && cell.Text.Any(char.IsLetter)
        && cell.Text.TrimEnd()[^1] is not ('.' or ';' or ',')
        && (cell.IsStrong || (cell.Columns > 1 && cell.Columns * 2 >= _width)) && cell.Column <= _firstColumn;
}
