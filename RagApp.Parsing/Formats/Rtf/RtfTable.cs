using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Rtf;

/// <summary>
/// The rows of a table, with the merged cells that their definitions tell:
/// <code>\trowd \clvmgf\cellx1000 \clmgf\cellx2000 \clmrg\cellx3000   first of several rows; first and second of several columns</code>
/// </summary>
internal sealed class RtfTable(BlockWriter output)
{
    private readonly PlainRows _rows = new(output);
    private readonly List<Definition> _definitions = [];
    private Definition _next;
    private bool _isHeader;

    public void ReadWord(string word)
    {
        switch (word)
        {
            case "trowd":
                _definitions.Clear();
                (_next, _isHeader) = (default, false);
                break;
            case "trhdr":
                _isHeader = true;
                break;
            case "cellx":
                if (_definitions.Count < TableCell.MostColumns)
                    _definitions.Add(_next);
                _next = default;
                break;
            case "clvmgf" or "clvmrg":
                _next = _next with { Rows = word == "clvmgf" ? TableCell.UntilNotCovered : TableCell.Covered };
                break;
            default:
                _next = _next with { IsCovered = word == "clmrg" };
                break;
        }
    }

    public void AddRow(IReadOnlyList<(string Text, bool IsBold)> texts)
    {
        var cells = new List<TableCell>(texts.Count);
        for (var column = 0; column < texts.Count; column++)
        {
            var definition = column < _definitions.Count ? _definitions[column] : default;
            if (definition.IsCovered && cells.Count > 0)
                cells[^1] = cells[^1] with { Columns = cells[^1].Columns + 1 };
            else
                cells.Add(new TableCell(column, texts[column].Text, Rows: definition.Rows ?? 1, IsStrong: texts[column].IsBold));
        }
        _rows.Add(cells, _isHeader);
    }

    public void End() => _rows.End();

    /// <param name="Rows">The rows that the cell covers; null for its own.</param>
    private readonly record struct Definition(int? Rows, bool IsCovered);
}
