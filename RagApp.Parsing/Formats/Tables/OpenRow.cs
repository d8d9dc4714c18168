using System.Text;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>A row while it is read.</summary>
internal sealed class OpenRow
{
    public bool IsHeader { get; set; }

    public List<OpenCell> Cells { get; } = [];

    /// <summary>The cells side by side, each in the column after those that the ones before it take.</summary>
    public List<TableCell> ToCells()
    {
        var cells = new List<TableCell>();
        var column = 0;
        foreach (var cell in Cells)
        {
            var placed = new TableCell(column, cell.Text.ToString(), Math.Clamp(cell.Columns, 1, TableCell.MostColumns), cell.Rows, cell.IsStrong);
            cells.Add(placed);
            column = Math.Min(column + (cell.Places ?? placed.Columns), TableCell.MostColumns);
        }
        return cells;
    }
}

/// <summary>A cell while it is read.</summary>
internal sealed class OpenCell
{
    private bool _hasPlain;

    public StringBuilder Text { get; } = new();

    /// <inheritdoc cref="TableCell.IsStrong"/>
    public bool IsStrong => Text.Length > 0 && !_hasPlain;

    /// <inheritdoc cref="TableCell.Columns"/>
    public int Columns { get; set; } = 1;

    /// <inheritdoc cref="TableCell.Rows"/>
    public int Rows { get; set; } = 1;

    /// <summary>Number of columns before the next cell of the row; null for those it covers.</summary>
    public int? Places { get; init; }

    /// <summary>Adds a paragraph.</summary>
    public void Append(string text, bool isBold)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        Text.Append(Text.Length > 0 ? " " : "").Append(text);
        _hasPlain |= !isBold;
    }
}
