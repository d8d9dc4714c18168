namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// Writes the tables of a sheet. An empty row ends a table, unless it stands between the column names and the first row below them; an empty column parts tables that
/// stand side by side.
/// </summary>
/// <param name="heading">Heading written before the first row, so that an empty sheet has none; null for no heading.</param>
/// <param name="trustFirstRow">True when column names need not be followed by a number, as in CSV.</param>
internal sealed class TableRows(BlockWriter output, string? heading, bool trustFirstRow)
{
    private readonly TableSides _sides = new(() => new NamedTable(output, trustFirstRow));
    private MergedCells _merged = new();
    private bool _written;

    /// <summary>Hides columns: their cells are not shown.</summary>
    public void HideColumns(int first, int last) => _sides.HiddenColumns.Add((first, last));

    public bool IsHidden(int column) => _sides.HiddenColumns.Exists(hidden => column >= hidden.First && column <= hidden.Last);

    public void Add(IReadOnlyList<TableCell> cells)
    {
        var complete = _merged.Complete(cells);
        if (complete.Count == 0)
        {
            if (_sides.EndsAtEmptyRow())
                End();
            return;
        }
        WriteHeading();
        _sides.Add(complete, isHeader: false);
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
        _sides.End();
        _merged = new MergedCells();
    }

    public void WriteHeading()
    {
        if (!_written && heading is not null)
            output.Heading(1, heading);
        _written = true;
    }
}
