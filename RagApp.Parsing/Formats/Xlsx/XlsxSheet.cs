using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>
/// Reads the rows of a sheet:
/// <code>
/// cols / col min="2" max="3" hidden="1"
/// sheetData
///   row r="7" hidden="1"
///     c r="B7" s="3" t="s"    cell: style, type; element v is a value or the number of a shared text, element is an inline text
/// </code>
/// Hidden rows and columns are left out. For a formula, the last calculated value is read.
/// </summary>
internal sealed class XlsxSheet(XmlReader reader, XlsxWorkbook workbook, TableRows rows)
{
    private readonly List<(int First, int Last)> _hiddenColumns = [];
    private readonly List<TableCell> _cells = [];
    private int _row;
    private int _column;

    public void Read()
    {
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" } && IsHidden())
            {
                reader.Skip();
                continue;
            }
            if (reader.NodeType == XmlNodeType.Element)
                Open();
            if (reader.IsEnd() && reader.LocalName == "row")
                FinishRow();
            reader.Read();
        }
    }

    private void Open()
    {
        switch (reader.LocalName)
        {
            case "col" when IsHidden():
                _hiddenColumns.Add((Number(reader.GetAttribute("min")) - 1, Number(reader.GetAttribute("max")) - 1));
                break;
            case "row":
                var row = Number(reader.GetAttribute("r"));
                if (row > _row + 1)
                    rows.End();
                _row = row > 0 ? row : _row + 1;
                _column = -1;
                break;
            case "c":
                ReadCell();
                break;
        }
    }

    private void ReadCell()
    {
        _column = ColumnOf(reader.GetAttribute("r")) ?? _column + 1;
        var (type, style) = (reader.GetAttribute("t"), reader.GetAttribute("s"));
        if (reader.IsEmptyElement)
            return;
        var text = "";
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "v")
                text = Shown(reader.TakeText(), type, style);
            else if (reader.LocalName == "is")
                text = XlsxTexts.TextOf(reader);
        }
        if (!string.IsNullOrWhiteSpace(text) && !_hiddenColumns.Exists(hidden => _column >= hidden.First && _column <= hidden.Last))
            _cells.Add(new TableCell(_column, text));
    }

    private string Shown(string value, string? type, string? style) => type switch
    {
        "s" => Number(value) is var index && index >= 0 && index < workbook.Texts.Count ? workbook.Texts[index] : "",
        "b" => value == "1" ? "TRUE" : "FALSE",
        "str" or "inlineStr" or "e" or "d" => value,
        _ => XlsxNumber.Format(value, workbook.Styles.FormatOf(style), workbook.CountsFrom1904),
    };

    private void FinishRow()
    {
        rows.Add(_cells.Count == 0 ? [] : _cells.DistinctBy(cell => cell.Column).ToList());
        _cells.Clear();
    }

    private bool IsHidden() => reader.GetAttribute("hidden") is "1" or "true";

    /// <summary>The column of a cell reference: <c>A7</c> is column 0, <c>AB7</c> is 27; null without a reference.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference?.TakeWhile(char.IsAsciiLetter).Take(4) ?? [])
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        return column > 0 ? column - 1 : null;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
