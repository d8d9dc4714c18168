using System.Text;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>
/// The open tables, outermost first. Elements are named as in WordprocessingML, <c>tr</c> and <c>tc</c>. A row is
/// written when it ends; a table inside a cell becomes text of that cell.
/// </summary>
internal sealed class NestedTables(BlockWriter output)
{
    private readonly Stack<List<StringBuilder>> _rows = new();

    /// <summary>Number of open cells, which may be lower than that of rows in a damaged document.</summary>
    private int _openCells;

    /// <summary>Page of the following rows; null when there are no pages.</summary>
    public int? Page { get; set; }

    public bool InCell => _openCells > 0;

    public void Open(string element)
    {
        if (element == "tr")
            _rows.Push([]);
        else if (element == "tc" && _rows.TryPeek(out var row))
        {
            row.Add(new StringBuilder());
            _openCells++;
        }
    }

    public void Close(string element)
    {
        if (element == "tc" && _openCells > 0)
            _openCells--;
        else if (element == "tr" && _rows.TryPop(out var row))
            Finish(row);
    }

    public void Append(string text)
    {
        if (_rows.TryPeek(out var row) && row.Count > 0)
            row[^1].Append(row[^1].Length > 0 ? " " : "").Append(text);
    }

    private void Finish(List<StringBuilder> row)
    {
        var cells = row.Select(cell => cell.ToString());
        if (InCell)
            Append(BlockWriter.JoinCells(cells));
        else
            output.TableRow(cells, Page);
    }
}
