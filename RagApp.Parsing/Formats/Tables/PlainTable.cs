namespace RagApp.Parsing.Formats.Tables;

/// <summary>Writes the rows of one table with its cells joined by bars.</summary>
internal sealed class PlainTable : ITable
{
    /// <summary>Largest number of characters of a text that is repeated in each column it covers.</summary>
    private const int LongestRepeated = 60;

    private readonly BlockWriter _output;
    private readonly Func<int?> _page;
    private readonly TableHead _head = new();
    private readonly TableLabels _labels;

    /// <summary>Number of columns that the header names; 0 without a header.</summary>
    private int _namedColumns;

    /// <param name="page">The page of the rows; null when there are no pages.</param>
    public PlainTable(BlockWriter output, Func<int?> page)
    {
        (_output, _page) = (output, page);
        _labels = new TableLabels(Write, note => output.TableNote(note, page()));
    }

    public bool HasRows { get; private set; }

    public void Add(IReadOnlyList<TableCell> row, bool isHeader) => Give(_head.Add(row, isHeader));

    public void End()
    {
        Give(_head.End());
        _labels.End();
    }

    private void Give(IEnumerable<(IReadOnlyList<TableCell> Cells, bool IsHeader)> rows)
    {
        foreach (var (row, isHeader) in rows)
        {
            if (isHeader)
            {
                _namedColumns = row.Max(cell => cell.End);
                _labels.BeginBelow(row);
                Write(row, label: null);
                continue;
            }
            _labels.Add(row);
            HasRows = true;
        }
    }

    private void Write(IReadOnlyList<TableCell> row, string? label) => _output.TableRow(Texts(label is null ? row : Labelled(row, label)), _page());

    private static List<TableCell> Labelled(IReadOnlyList<TableCell> row, string label) => row[0].Column == 0
        ? [row[0] with { Text = $"{label}: {row[0].Text}" }, .. row.Skip(1)]
        : [new TableCell(0, label), .. row];

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
