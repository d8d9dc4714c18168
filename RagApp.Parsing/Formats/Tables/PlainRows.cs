namespace RagApp.Parsing.Formats.Tables;

/// <summary>Writes the tables of documents, web pages and slides as readers see them: cells joined by bars, merged cells repeated, one header row, subheads as labels.</summary>
internal sealed class PlainRows
{
    private readonly TableSides _sides;
    private MergedCells _merged = new();

    public PlainRows(BlockWriter output) => _sides = new TableSides(() => new PlainTable(output, () => Page));

    /// <summary>Page of the following rows; null when there are no pages.</summary>
    public int? Page { get; set; }

    /// <inheritdoc cref="MergedCells.NextFree"/>
    public int NextFree(int column) => _merged.NextFree(column);

    /// <param name="cells">The cells by column, with those that are empty.</param>
    /// <param name="isHeader">True when the file says that the row is a header.</param>
    public void Add(IReadOnlyList<TableCell> cells, bool isHeader) => _sides.Add(_merged.Complete(cells), isHeader);

    /// <summary>Ends the table.</summary>
    public void End()
    {
        _sides.End();
        _merged = new MergedCells();
    }
}
