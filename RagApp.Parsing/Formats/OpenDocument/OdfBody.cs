using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Runs;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>
/// Reads a text or the slides of a presentation:
/// <code>
/// text:p, text:h outline-level     paragraphs and headings: text, text:span, text:s (spaces), text:tab
/// text:list / text:list-item       lists, which nest
/// text:note / text:note-body       written after its paragraph, as are comments
/// table:table / -row / -cell       tables, which nest
/// draw:page                        a slide; presentation:notes are its speaker's notes
/// text:tracked-changes             deletions: left out
/// </code>
/// Open paragraphs are kept on a stack, because text boxes and notes nest them.
/// </summary>
internal sealed class OdfBody(XmlReader reader, OdfStyles styles, BlockWriter output)
{
    private readonly Stack<OdfParagraph> _paragraphs = new();
    private readonly NestedTables _tables = new(output);
    private readonly Stack<RunStyle> _spans = new();
    private int _listDepth;
    private int? _slide;
    private string _label = "";
    private bool _titleFrame;
    private bool _inHeaderRows;

    public void Read() => _tables.EndAfter(ReadElements);

    private void ReadElements()
    {
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && IsLeftOut())
            {
                reader.Skip();
                continue;
            }
            if (reader.NodeType == XmlNodeType.Element)
                Open();
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA
                && _paragraphs.TryPeek(out var paragraph))
                paragraph.Text.Append(reader.Value, Style(paragraph));
            if (reader.IsEnd())
                Close();
            reader.Read();
        }
    }

    private bool IsLeftOut()
    {
        switch (reader.Name)
        {
            case "draw:page":
                _slide = (_slide ?? 0) + 1; // hidden slides count too, as in the program
                _tables.Page = _slide;
                return styles.IsHidden(reader.GetAttribute("draw:style-name"));
            case "text:span" or "text:p" or "text:h":
                return styles.IsHidden(reader.GetAttribute("text:style-name"));
            case "text:section":
                return reader.GetAttribute("text:display") is "none";
            case "text:tracked-changes" or "text:hidden-text" or "text:hidden-paragraph" or "text:ruby-text" or "text:note-citation"
                or "office:forms" or "svg:title" or "svg:desc" or "office:binary-data" or "text:page-number" or "draw:page-thumbnail":
                return true;
            default:
                return false;
        }
    }

    private void Open()
    {
        switch (reader.Name)
        {
            case "text:p" or "text:h":
                OpenParagraph();
                break;
            case "text:span":
                _spans.Push(styles.RunOf(reader.GetAttribute("text:style-name")));
                break;
            case "text:list":
                _listDepth++;
                styles.Numbering.OpenList(reader);
                break;
            case "text:list-item":
                styles.Numbering.OpenItem(reader);
                break;
            case "table:table-header-rows":
                _inHeaderRows = !reader.IsEmptyElement;
                break;
            case "table:table-row":
                _tables.OpenRow(_inHeaderRows);
                break;
            case "table:table-cell":
                var (columns, rows) = OdfTables.SizeOf(reader);
                _tables.OpenCell(columns, rows, OdfTables.Repeated(reader));
                break;
            case "table:covered-table-cell":
                _tables.OpenCell(rows: TableCell.Covered, places: OdfTables.Repeated(reader));
                break;
            case "draw:frame":
                _titleFrame = reader.GetAttribute("presentation:class") is "title";
                break;
            case "presentation:notes":
                _label = "Notes: ";
                break;
            case "office:annotation":
                _label = "Comment: ";
                _paragraphs.Push(new OdfParagraph(0)); // its direct text is author and date, which are left out
                break;
            case "text:s" or "text:tab" or "text:line-break" when _paragraphs.TryPeek(out var paragraph):
                paragraph.Text.Append(reader.Name == "text:line-break" ? '\n' : ' ');
                break;
        }
    }

    private void OpenParagraph()
    {
        var level = LevelOf();
        var number = level > 0 && !_titleFrame && _listDepth == 0 ? styles.Numbering.OfHeading(level) : styles.Numbering.OfItem();
        _paragraphs.Push(new OdfParagraph(level) { Label = _label, Number = number, Style = styles.RunOf(reader.GetAttribute("text:style-name")) });
        _label = "";
    }

    /// <summary>The looks of the text at this place: a span changes those of the paragraph and of the spans around it.</summary>
    private RunStyle Style(OdfParagraph paragraph) => _spans.TryPeek(out var span)
        ? new RunStyle(span.Baseline, span.Struck || paragraph.Style.Struck, span.Bold || paragraph.Style.Bold) : paragraph.Style;

    private int LevelOf()
    {
        if (_titleFrame)
            return 1;
        return reader.Name == "text:h" && int.TryParse(reader.GetAttribute("text:outline-level") ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : 0;
    }

    private void Close()
    {
        switch (reader.Name)
        {
            case "text:p" or "text:h" when _paragraphs.TryPop(out var paragraph):
                Finish(paragraph);
                break;
            case "text:list":
                _listDepth--;
                styles.Numbering.CloseList();
                break;
            case "text:span":
                _spans.TryPop(out _);
                break;
            case "table:table-header-rows":
                _inHeaderRows = false;
                break;
            case "table:table-row":
                _tables.CloseRow();
                break;
            case "table:table-cell" or "table:covered-table-cell":
                _tables.CloseCell();
                break;
            case "table:table":
                _tables.CloseTable();
                break;
            case "draw:frame":
                _titleFrame = false;
                break;
            case "presentation:notes":
                _label = "";
                break;
            case "office:annotation" when _paragraphs.TryPop(out var remark):
                _label = "";
                WriteInner(remark);
                break;
        }
    }

    private void Finish(OdfParagraph paragraph)
    {
        var isBold = paragraph.Text.IsBold;
        var text = paragraph.Text.Take();
        if (string.IsNullOrWhiteSpace(text))
            _label = paragraph.Label; // keep it for the next paragraph
        else if (_paragraphs.TryPeek(out var outer))
            outer.AddInner([paragraph.Label + text]);
        else
            Write(paragraph, paragraph.Label + text, isBold);
        WriteInner(paragraph);
    }

    /// <summary>
    /// Writes the notes and text boxes of a paragraph. They wait for the outermost paragraph, so that they do not interrupt its
    /// sentence.
    /// </summary>
    private void WriteInner(OdfParagraph paragraph)
    {
        if (_paragraphs.TryPeek(out var outer))
            outer.AddInner(paragraph.Inner);
        else
            paragraph.Inner.ToList().ForEach(text => Write(OdfParagraph.Plain, text, isBold: false));
    }

    private void Write(OdfParagraph paragraph, string text, bool isBold)
    {
        if (_tables.InCell)
            _tables.Append(BlockWriter.Numbered(paragraph.Number, text), isBold);
        else if (paragraph.Level > 0)
            output.Heading(paragraph.Level, BlockWriter.Numbered(paragraph.Number, text), _slide);
        else if (_listDepth > 0)
            output.ListItem(text, _slide, paragraph.Number);
        else
            output.Paragraph(text, _slide, isBold);
    }
}
