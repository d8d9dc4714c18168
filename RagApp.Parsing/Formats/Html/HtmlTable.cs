using System.Globalization;
using AngleSharp.Dom;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Html;

/// <summary>The rows of the outermost table; a cell takes the next column that no cell above covers.</summary>
internal sealed class HtmlTable(BlockWriter output)
{
    /// <summary>Largest numbers of columns and rows that browsers let a cell cover.</summary>
    private const int MostColumns = 1_000;
    private const int MostRows = 65_534;

    private readonly PlainRows _rows = new(output);
    private readonly List<TableCell> _cells = [];
    private bool _onlyNames = true;
    private int _column;

    public void AddCell(IElement cell, string text, bool isBold)
    {
        var column = _rows.NextFree(_column);
        var rows = Number(cell, "rowspan", MostRows);
        _cells.Add(new TableCell(column, text, Math.Max(1, Number(cell, "colspan", MostColumns)), rows == 0 ? MostRows : rows, isBold || cell.LocalName == "th"));
        _column = _cells[^1].End;
        _onlyNames &= cell.LocalName == "th";
    }

    public void EndRow(bool inHead)
    {
        if (_cells.Count > 0)
            _rows.Add(_cells, inHead || _onlyNames);
        _cells.Clear();
        (_column, _onlyNames) = (0, true);
    }

    public void End()
    {
        EndRow(inHead: false);
        _rows.End();
    }

    private static int Number(IElement cell, string attribute, int most) =>
        int.TryParse(cell.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, most) : 1;
}
