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
/// Hidden rows and columns are left out. For a formula, the last calculated value is read; without one, the formula itself.
/// </summary>
internal sealed class XlsxSheet(XmlReader reader, XlsxWorkbook workbook, XlsxMerges merges, TableRows rows)
{
    private readonly List<TableCell> _cells = [];
    private int _row;
    private int _column;

    /// <summary>The first cell with a formula whose value is not stored, such as <c>B4</c>; null when there is none.</summary>
    public string? WithoutValue { get; private set; }

    public void Read()
    {
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "row" } && IsHidden())
            {
                _row = Number(reader.GetAttribute("r")) is > 0 and var hidden ? hidden : _row + 1;
                rows.Skip();
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
                rows.HideColumns(Number(reader.GetAttribute("min")) - 1, Number(reader.GetAttribute("max")) - 1);
                break;
            case "row":
                var row = Number(reader.GetAttribute("r"));
                if (row > _row + 1)
                    rows.EndAfter(row - _row - 1);
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
        var reference = reader.GetAttribute("r");
        _column = XlsxReference.ColumnOf(reference) ?? _column + 1;
        var (type, style) = (reader.GetAttribute("t"), reader.GetAttribute("s"));
        if (reader.IsEmptyElement)
            return;
        var (text, stored, formula) = ("", "", (string?)null);
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "v")
                text = Shown(stored = reader.TakeText(), type, style);
            else if (reader.LocalName == "is")
                text = XlsxTexts.TextOf(reader);
            else if (reader.LocalName == "f")
                formula = reader.TakeText();
        }
        if (formula is not null && stored.Length == 0 && type is not ("str" or "inlineStr"))
        {
            WithoutValue ??= reference;
            text = formula.Length > 0 ? $"={formula}" : "";
        }
        AddCell(text, workbook.Styles.IsBold(style));
    }

    private void AddCell(string text, bool isStrong)
    {
        if (string.IsNullOrWhiteSpace(text) || rows.IsHidden(_column))
            return;
        var (height, width) = merges.SizeOf(_row, _column);
        _cells.Add(new TableCell(_column, text, width, height, isStrong));
    }

    private string Shown(string value, string? type, string? style) => type switch
    {
        "s" => Number(value) is var index && index >= 0 && index < workbook.Texts.Count ? XlsxNumber.Format(workbook.Texts[index], workbook.Styles.FormatOf(style)) : "",
        "b" => value == "1" ? "TRUE" : "FALSE",
        "str" or "inlineStr" or "e" or "d" => value,
        _ when value.Length == 0 => "",
        _ => XlsxNumber.Format(value, workbook.Styles.FormatOf(style), workbook.CountsFrom1904),
    };

    private void FinishRow()
    {
        rows.Add(_cells.Count == 0 ? [] : _cells.DistinctBy(cell => cell.Column).ToList());
        _cells.Clear();
    }

    private bool IsHidden() => reader.GetAttribute("hidden") is "1" or "true";

    private static int Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
