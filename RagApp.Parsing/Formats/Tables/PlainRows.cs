namespace RagApp.Parsing.Formats.Tables;

/// <summary>Writes the rows of tables in documents, web pages and slides as readers see them: cells joined by bars, merged cells repeated, one header row.</summary>
internal sealed class PlainRows(BlockWriter output)
{
    /// <summary>Largest number of characters of a text that is repeated in each column it covers.</summary>
    private const int LongestRepeated = 60;

    private MergedCells _merged = new();
    private readonly TableHead _head = new();

    /// <summary>Number of columns that the header names; 0 without a header.</summary>
    private int _namedColumns;

    /// <summary>Page of the following rows; null when there are no pages.</summary>
    public int? Page { get; set; }

    /// <inheritdoc cref="MergedCells.NextFree"/>
    public int NextFree(int column) => _merged.NextFree(column);

    /// <param name="cells">The cells by column, with those that are empty.</param>
    /// <param name="isHeader">True when the file says that the row is a header.</param>
    public void Add(IReadOnlyList<TableCell> cells, bool isHeader)
    {
        foreach (var (row, names) in _head.Add(_merged.Complete(cells), isHeader))
            Write(row, names);
    }

    /// <summary>Ends the table.</summary>
    public void End()
    {
        foreach (var (row, names) in _head.End())
            Write(row, names);
        (_merged, _namedColumns) = (new MergedCells(), 0);
    }

    private void Write(IReadOnlyList<TableCell> row, bool names)
    {
        if (names)
            _namedColumns = row.Max(cell => cell.End);
        output.TableRow(Texts(row), Page);
    }

    /// <summary>The texts of all columns, also the empty ones between the others.</summary>
    private IEnumerable<string> Texts(IReadOnlyList<TableCell> row)
    {
        const int MostEmpty = 64;
        var column = 0;
        foreach (var cell in row)
        {
            for (var empty = 0; column < cell.Column && empty < MostEmpty; column++, empty++)
                yield return "";
            yield return cell.Text;
            var repeated = row.Count > 1 && cell.Text.Length <= LongestRepeated ? Math.Min(cell.End, _namedColumns) - cell.Column - 1 : 0;
            for (; repeated > 0; repeated--)
                yield return cell.Text;
            column = cell.End;
        }
    }
}
