namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// The open tables of a text document, outermost first. A row is written when it ends; a table inside a cell becomes text of that cell.
/// </summary>
internal sealed class NestedTables(BlockWriter output)
{
    private readonly PlainRows _outermost = new(output);
    private readonly Stack<OpenRow> _rows = new();
    private readonly List<string> _below = [];

    /// <summary>Number of open cells, which may be lower than that of rows in a damaged document.</summary>
    private int _openCells;

    /// <summary>Page of the following rows; null when there are no pages.</summary>
    public int? Page
    {
        get => _outermost.Page;
        set => _outermost.Page = value;
    }

    public bool InCell => _openCells > 0;

    public void OpenRow(bool isHeader = false) => _rows.Push(new OpenRow { IsHeader = isHeader });

    /// <param name="columns">Number of columns it covers.</param>
    /// <param name="rows">Number of rows it covers.</param>
    /// <param name="places">Number of columns before the next cell, in a format that also lists the places that a cell covers; null for those it covers.</param>
    public void OpenCell(int columns = 1, int rows = 1, int? places = null)
    {
        if (!_rows.TryPeek(out var row))
            return;
        row.Cells.Add(new OpenCell { Columns = columns, Rows = rows, Places = places });
        _openCells++;
    }

    /// <summary>Says that the open row names the columns.</summary>
    public void MarkHeader()
    {
        if (_rows.TryPeek(out var row))
            row.IsHeader = true;
    }

    /// <summary>Says how many columns the open cell covers.</summary>
    public void CoverColumns(int columns)
    {
        if (_rows.TryPeek(out var row) && row.Cells is [.., var cell])
            cell.Columns = columns;
    }

    /// <summary>Says that the open cell covers those below it (<see cref="TableCell.UntilNotCovered"/>) or is covered (<see cref="TableCell.Covered"/>).</summary>
    public void CoverRows(int rows)
    {
        if (_rows.TryPeek(out var row) && row.Cells is [.., var cell])
            cell.Rows = rows;
    }

    public void CloseCell()
    {
        if (_openCells > 0)
            _openCells--;
    }

    public void CloseRow()
    {
        if (!_rows.TryPop(out var row))
            return;
        if (InCell)
            Append(BlockWriter.JoinCells(row.Cells.Select(cell => cell.Text.ToString())));
        else
            _outermost.Add(row.ToCells(), row.IsHeader);
    }

    public void CloseTable()
    {
        if (!InCell)
            EndOutermost();
    }

    /// <summary>Writes a note as a paragraph, below the table when it is cited in one.</summary>
    public void WriteBelow(string note)
    {
        if (InCell)
            _below.Add(note);
        else
            output.Paragraph(note, Page);
    }

    /// <summary>Runs the reading of a part, then writes the rows that are held back, also when the part is damaged.</summary>
    public void EndAfter(Action reading)
    {
        try
        {
            reading();
        }
        finally
        {
            EndOutermost();
        }
    }

    private void EndOutermost()
    {
        _outermost.End();
        _below.ForEach(note => output.Paragraph(note, Page));
        _below.Clear();
    }

    public void Append(string text, bool isBold = false)
    {
        if (_rows.TryPeek(out var row) && row.Cells is [.., var cell])
            cell.Append(text, isBold);
    }
}
