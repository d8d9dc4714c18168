using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>
/// Reads the main part:
/// <code>
/// w:body
///   w:p              paragraph: w:pPr (style, list), then runs
///     w:r            run: w:rPr (hidden?), then w:t, w:tab, w:br, w:footnoteReference
///     w:ins, w:del   tracked changes: insertions are read, deletions are not
///   w:tbl / w:tr / w:tc / w:p ...   tables, which nest
///   w:altChunk       a document of another format, shown in place
/// </code>
/// Open paragraphs and cells are kept on explicit stacks, so that 60,000 nested tables cannot overflow the call stack.
/// </summary>
internal sealed class DocxBody(XmlReader reader, DocxStyles styles, DocxNotes notes, DocxEmbedded embedded, BlockWriter output)
{
    private readonly Stack<DocxParagraph> _paragraphs = new();
    private readonly NestedTables _tables = new(output);

    /// <summary>True inside a run's properties, which are not text.</summary>
    private bool _inRunProperties;
    private bool _runHidden;

    public void Read()
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
    /// True for elements without text to read: deleted or moved text, phonetic guides, and the fallback copy of a drawing for
    /// older programs.
    /// </summary>
    private bool IsLeftOut() => reader.LocalName switch
    {
        "del" or "moveFrom" or "delText" or "instrText" or "rt" or "binData" or "docPr" or "styles" or "fonts" => reader.IsWord(),
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
                _runHidden = false;
                break;
            case "rPr":
                _inRunProperties = !empty;
                break;
            case "tbl" or "tr" or "tc":
                _tables.Open(name);
                break;
            case "altChunk":
                embedded.ReadChunk(reader.RelationshipId("id"));
                break;
            case "vanish" when _inRunProperties:
                _runHidden = reader.IsOn();
                break;
            default:
                if (_paragraphs.TryPeek(out var paragraph))
                    ReadInto(paragraph, name);
                return;
        }
        if (empty)
            Close(name);
    }

    /// <summary>Reads elements of other namespaces: formulas as text, charts and diagrams from their own parts.</summary>
    private void OpenForeign()
    {
        if (reader.LocalName == "t" && reader.IsMath() && _paragraphs.TryPeek(out var paragraph))
            reader.AppendText(paragraph.Text);
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
                paragraph.Level = styles.HeadingLevel(reader.Attribute("val"));
                break;
            case "outlineLvl" when DocxStyles.OutlineLevel(reader) is > 0 and var level:
                paragraph.Level = level;
                break;
            case "numPr" or "listPr":
                paragraph.IsListItem = true;
                break;
            case "footnoteReference" or "endnoteReference" or "commentReference":
                paragraph.AddNote(notes.Find(name, reader.Attribute("id")));
                break;
            default:
                if (!_runHidden && !_inRunProperties)
                    ReadText(paragraph, name);
                break;
        }
    }

    private void ReadText(DocxParagraph paragraph, string name)
    {
        switch (name)
        {
            case "t":
                reader.AppendText(paragraph.Text);
                break;
            case "tab" or "ptab":
                paragraph.Text.Append('\t');
                break;
            case "br" or "cr":
                paragraph.Text.Append('\n');
                break;
            case "noBreakHyphen":
                paragraph.Text.Append('-');
                break;
        }
    }

    private void Close(string name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                Finish(paragraph);
                break;
            case "rPr":
                _inRunProperties = false;
                break;
            case "r":
                _runHidden = false;
                break;
            case "tbl" or "tr" or "tc":
                _tables.Close(name);
                break;
        }
    }

    private void Finish(DocxParagraph paragraph)
    {
        var text = paragraph.Text.ToString();
        if (_tables.InCell)
            _tables.Append(text);
        else if (paragraph.Level > 0)
            output.Heading(paragraph.Level, text);
        else if (paragraph.IsListItem)
            output.ListItem(text);
        else
            output.Paragraph(text);

        foreach (var note in paragraph.Notes)
            output.Paragraph(note);
    }
}
