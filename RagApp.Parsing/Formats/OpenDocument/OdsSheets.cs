using System.Globalization;
using System.Text;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>
/// Reads the sheets of a spreadsheet:
/// <code>
/// table:table name="Costs"
///   table:table-column  number-columns-repeated, visibility
///   table:table-row     number-rows-repeated, visibility
///     table:table-cell  number-columns-repeated; text:p is what the cell shows
/// </code>
/// A repetition count moves the position but copies nothing: a cell repeated a billion times is read once.
/// </summary>
internal sealed class OdsSheets(XmlReader reader, OdfStyles styles, BlockWriter output)
{
    /// <summary>Largest number of columns, more than any program has.</summary>
    private const int MostColumns = 1 << 20;

    private readonly List<TableCell> _cells = [];
    private TableRows _rows = new(output, heading: null, trustFirstRow: false);
    private int _column;
    private int _definedColumns;

    public void Read()
    {
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && IsLeftOut())
            {
                if (reader.Name == "table:table-row")
                    _rows.Skip();
                reader.Skip();
                continue;
            }
            if (reader.NodeType == XmlNodeType.Element)
                Open();
            if (reader.IsEnd() && reader.Name == "table:table-row")
                FinishRow();
            else if (reader.IsEnd() && reader.Name == "table:table")
                _rows.End();
            reader.Read();
        }
    }

    private bool IsLeftOut() => reader.Name switch
    {
        "table:table" => styles.IsHidden(reader.GetAttribute("table:style-name")),
        "table:table-row" => reader.GetAttribute("table:visibility") is "collapse" or "filter",
        "table:tracked-changes" or "office:forms" or "table:content-validations" => true,
        _ => false,
    };

    private void Open()
    {
        switch (reader.Name)
        {
            case "table:table":
                _rows = new TableRows(output, reader.GetAttribute("table:name"), trustFirstRow: false);
                (_column, _definedColumns) = (0, 0);
                break;
            case "table:table-column":
                var first = _definedColumns;
                _definedColumns = Math.Min(first + Repeated(), MostColumns);
                if (reader.GetAttribute("table:visibility") is "collapse" or "filter")
                    _rows.HideColumns(first, _definedColumns - 1);
                break;
            case "table:table-row":
                _column = 0;
                break;
            case "table:table-cell" or "table:covered-table-cell":
                ReadCell();
                break;
            case "text:p":
                _rows.WriteHeading(); // a text box on the sheet
                output.Paragraph(OdfText.Take(reader));
                break;
        }
    }

    private void ReadCell()
    {
        var column = _column;
        _column = Math.Min(column + Repeated(), MostColumns);
        var (columns, rows) = OdfTables.SizeOf(reader);
        var isStrong = styles.RunOf(reader.GetAttribute("table:style-name")).Bold;
        var text = TextOfCell();
        if (text.Length > 0 && !_rows.IsHidden(column))
            _cells.Add(new TableCell(column, text, columns, rows, isStrong));
    }

    /// <summary>The paragraphs of a cell, followed by its comment.</summary>
    private string TextOfCell()
    {
        if (reader.IsEmptyElement)
            return "";
        var (text, comment) = (new StringBuilder(), new StringBuilder());
        var (depth, commentDepth) = (reader.Depth, int.MaxValue);
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "office:annotation" })
                commentDepth = reader.Depth;
            else if (reader is { NodeType: XmlNodeType.Element, Name: "text:p" })
                (reader.Depth > commentDepth ? comment : text).Append(' ').Append(OdfText.Take(reader));
            else if (reader is { NodeType: XmlNodeType.EndElement, Name: "office:annotation" })
                commentDepth = int.MaxValue;
        }
        return (comment.Length == 0 ? text.ToString() : $"{text} (Comment:{comment})").Trim();
    }

    private void FinishRow()
    {
        _rows.Add(_cells.ToList());
        _cells.Clear();
    }

    private int Repeated() =>
        int.TryParse(reader.GetAttribute("table:number-columns-repeated"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, MostColumns) : 1;
}
