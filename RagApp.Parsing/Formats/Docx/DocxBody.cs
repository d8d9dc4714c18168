using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>
/// Reads the main part:
/// <code>
/// w:body
///   w:p              paragraph: w:pPr (style, w:numPr), then runs
///     w:r            run: w:rPr (hidden?), then w:t, w:tab, w:br, w:sym, w:fldChar, w:footnoteReference
///     w:ins, w:del   tracked changes: insertions are read, deletions are not
///   w:tbl / w:tr / w:tc / w:p ...   tables, which nest
///     w:tcPr         w:gridSpan, w:vMerge: merged cells
///   m:oMath          a formula
///   w:altChunk       a document of another format, shown in place
/// </code>
/// Open paragraphs and cells are kept on explicit stacks, so that 60,000 nested tables cannot overflow the call stack.
/// </summary>
internal sealed class DocxBody(XmlReader reader, DocxStyles styles, DocxNumbering numbering, DocxNotes notes, DocxEmbedded embedded, BlockWriter output)
{
    private readonly Stack<DocxParagraph> _paragraphs = new();
    private readonly NestedTables _tables = new(output);
    private readonly DocxFields _fields = new();
    private readonly DocxRun _run = new();

    /// <summary>True inside a run's properties, which are not text.</summary>
    private bool _inRunProperties;

    public void Read() => _tables.EndAfter(ReadElements);

    private void ReadElements()
    {
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && IsLeftOut())
            {
                reader.Skip();
                continue;
            }
            if (reader.NodeType == XmlNodeType.Element && !reader.IsWord())
                OpenForeign();
            else if (reader.NodeType == XmlNodeType.Element)
                Open();
            else if (reader.NodeType == XmlNodeType.EndElement && reader.IsWord())
                Close(reader.LocalName);
            reader.Read();
        }
    }

    /// <summary>
    /// True for elements without text to read: deleted or moved text, former properties, phonetic guides, and the fallback copy of a drawing for
    /// older programs.
    /// </summary>
    private bool IsLeftOut() => reader.LocalName switch
    {
        "del" or "moveFrom" or "delText" or "instrText" or "rt" or "binData" or "docPr" or "styles" or "fonts" or "pPrChange" or "rPrChange" or "tcPrChange" => reader.IsWord(),
        "annotation" => reader.Attribute("type") is "Word.Deletion",
        "Fallback" => true,
        _ => false,
    };

    private void Open()
    {
        var name = reader.LocalName;
        var empty = reader.IsEmptyElement;
        switch (name)
        {
            case "p":
                _paragraphs.Push(new DocxParagraph());
                break;
            case "r":
                _run.Begin();
                break;
            case "rPr":
                _inRunProperties = !empty;
                break;
            case "tr":
                _tables.OpenRow();
                break;
            case "tc":
                _tables.OpenCell();
                break;
            case "tblHeader" when reader.IsOn():
                _tables.MarkHeader();
                break;
            case "gridSpan" when int.TryParse(reader.Attribute("val"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns):
                _tables.CoverColumns(columns);
                break;
            case "vMerge" or "vmerge":
                _tables.CoverRows(reader.Attribute("val") is "restart" ? TableCell.UntilNotCovered : TableCell.Covered);
                break;
            case "altChunk":
                embedded.ReadChunk(reader.RelationshipId("id"));
                break;
            default:
                if (_inRunProperties)
                    _run.ReadProperty(reader);
                else if (_paragraphs.TryPeek(out var paragraph))
                    ReadInto(paragraph, name);
                return;
        }
        if (empty)
            Close(name);
    }

    /// <summary>Reads elements of other namespaces: formulas, and charts and diagrams from their own parts.</summary>
    private void OpenForeign()
    {
        if (reader.LocalName == "oMath" && reader.IsMath() && _paragraphs.TryPeek(out var paragraph))
            paragraph.Text.Append(OfficeMath.Take(reader));
        else if (reader.LocalName == "chart" && reader.RelationshipId("id") is { } chart)
            embedded.ReadDrawing(chart);
        else if (reader.LocalName == "relIds" && reader.RelationshipId("dm") is { } diagram)
            embedded.ReadDrawing(diagram);
    }

    private void ReadInto(DocxParagraph paragraph, string name)
    {
        switch (name)
        {
            case "pStyle":
                paragraph.Style = reader.Attribute("val");
                styles.Apply(paragraph.Style, paragraph);
                break;
            case "outlineLvl" when DocxStyles.OutlineLevel(reader) is > 0 and var level:
                paragraph.Level = level;
                break;
            case "numPr" or "listPr":
                paragraph.IsListItem = true;
                break;
            case "ilvl":
                paragraph.ListLevel = DocxNumbering.LevelOf(reader);
                break;
            case "numId":
                paragraph.NumberId = reader.Attribute("val");
                paragraph.IsListItem = paragraph.NumberId != DocxNumbering.None;
                break;
            case "footnoteReference" or "endnoteReference" or "commentReference":
                paragraph.AddNote(notes.Find(name, reader.Attribute("id")));
                break;
            case "fldChar":
                paragraph.Text.Append(_fields.Read(reader));
                break;
            default:
                if (!_fields.InInstruction)
                    _run.ReadText(reader, paragraph.Text);
                break;
        }
    }

    private void Close(string name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                _fields.EndParagraph();
                Finish(paragraph);
                break;
            case "rPr":
                _inRunProperties = false;
                break;
            case "tc":
                _tables.CloseCell();
                break;
            case "tr":
                _tables.CloseRow();
                break;
            case "tbl":
                _tables.CloseTable();
                break;
        }
    }

    private void Finish(DocxParagraph paragraph)
    {
        var isBold = paragraph.Text.IsBold;
        var text = paragraph.Text.Take();
        var number = paragraph.NumberId is { } id ? numbering.Next(id, paragraph.ListLevel, paragraph.Style) : "";
        if (_tables.InCell)
            _tables.Append(BlockWriter.Numbered(number, text), isBold);
        else if (paragraph.Level > 0)
            output.Heading(paragraph.Level, BlockWriter.Numbered(number, text));
        else if (paragraph.IsListItem)
            output.ListItem(text, number: number);
        else
            output.Paragraph(text, isBold: isBold);

        foreach (var note in paragraph.Notes)
            _tables.WriteBelow(note);
    }
}
