namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Takes tables apart that stand side by side with an empty column between them, and has one written after the other:
/// <code>
/// Depot | Phone |  | Shift | Begins          Depot | Phone      Shift | Begins
/// North | 4417  |  | Early | 06:00     ->    North | 4417       Early | 06:00
/// South | 4420  |  | Late  | 14:00           South | 4420       Late  | 14:00
/// </code>
/// The rows are held back until it is known.
/// </summary>
/// <param name="create">Makes what writes a table.</param>
internal sealed class TableSides(Func<ITable> create)
{
    /// <summary>Largest numbers of rows and cells that are held back to look for an empty column.</summary>
    private const int MostRows = 200, MostCells = 20_000;

    /// <summary>Largest number of rows that wait for the end of the table to their left; a longer table is written in parts.</summary>
    private const int MostWaiting = 5_000;

    private readonly List<(IReadOnlyList<TableCell> Cells, bool IsHeader)> _held = [];
    private readonly List<Side> _sides = [];
    private int _heldCells;
    private int _waiting;

    /// <summary>Columns that are not shown; they are no border between two tables.</summary>
    public List<(int First, int Last)> HiddenColumns { get; } = [];

    /// <param name="row">The cells that have text, by column.</param>
    /// <param name="isHeader">True when the file says that the row names the columns.</param>
    public void Add(IReadOnlyList<TableCell> row, bool isHeader)
    {
        if (_sides.Count > 0)
        {
            Give(row, isHeader);
            return;
        }
        _held.Add((row, isHeader));
        _heldCells += row.Count;
        if (_held.Count >= MostRows || _heldCells >= MostCells)
            Decide();
    }

    /// <summary>True when an empty row ends the table: one does not end it between the column names and the first row below them.</summary>
    public bool EndsAtEmptyRow()
    {
        if (_sides.Count == 0 && _held.Count > 1)
            Decide();
        return _sides.Exists(side => side.Table.HasRows || side.Waiting.Count > 1);
    }

    /// <summary>Ends the table, or the tables that stand side by side.</summary>
    public void End()
    {
        if (_sides.Count == 0)
            Decide();
        WriteWaiting();
        _sides.ForEach(side => side.Table.End());
        _sides.Clear();
    }

    private void Decide()
    {
        foreach (var first in (int[])[0, .. TableBorders.Find(_held.ConvertAll(row => row.Cells), HiddenColumns)])
            _sides.Add(new Side(first, create()));
        foreach (var (row, isHeader) in _held)
            Give(row, isHeader);
        _held.Clear();
        _heldCells = 0;
    }

    private void Give(IReadOnlyList<TableCell> row, bool isHeader)
    {
        if (_sides.Count == 1)
        {
            _sides[0].Table.Add(row, isHeader);
            return;
        }
        foreach (var cells in row.GroupBy(cell => _sides.FindLastIndex(side => side.First <= cell.Column)))
        {
            var side = _sides[cells.Key];
            List<TableCell> own = [.. cells.Select(cell => cell with { Column = cell.Column - side.First })];
            if (cells.Key == 0)
                side.Table.Add(own, isHeader);
            else
            {
                side.Waiting.Add((own, isHeader));
                _waiting++;
            }
        }
        if (_waiting >= MostWaiting)
            WriteWaiting();
    }

    private void WriteWaiting()
    {
        foreach (var side in _sides)
        {
            side.Waiting.ForEach(row => side.Table.Add(row.Cells, row.IsHeader));
            side.Waiting.Clear();
        }
        _waiting = 0;
    }

    /// <param name="First">The first column of the table.</param>
    private sealed record Side(int First, ITable Table)
    {
        public List<(IReadOnlyList<TableCell> Cells, bool IsHeader)> Waiting { get; } = [];
    }
}
