using System.Text;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>
/// Reads the text of shapes wherever DrawingML is used (slides, notes, diagrams, text boxes on sheets):
/// <code>
/// p:sp               shape: p:nvSpPr/p:nvPr/p:ph is its role
///   p:txBody / a:p   paragraph: a:pPr (bullet), then a:r/a:t, a:br
/// p:graphicFrame     a:tbl / a:tr / a:tc / a:p, or a chart or diagram by its relationship
/// p:grpSp            group of shapes, which nests
/// </code>
/// Does not recurse, so that nesting cannot overflow the call stack.
/// </summary>
internal sealed class DrawingText(XmlReader reader)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _cells = [];
    private string _placeholder = "";
    private bool _isItem;
    private bool _inCell;
    private bool _hidden;

    public IEnumerable<DrawingPiece> Read()
    {
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Fallback" })
            {
                reader.Skip(); // the fallback copy for older programs
                continue;
            }
            if (reader.NodeType == XmlNodeType.Element && Open() is { } reference)
                yield return reference;
            if (reader.IsEnd() && Close() is { } piece)
                yield return piece;
            reader.Read();
        }
    }

    private DrawingPiece? Open()
    {
        switch (reader.LocalName)
        {
            case "sp" or "graphicFrame" or "pic" or "cxnSp":
                (_placeholder, _hidden) = ("", false);
                break;
            case "cNvPr":
                _hidden = reader.GetAttribute("hidden") is "1" or "true";
                break;
            case "ph":
                _placeholder = reader.GetAttribute("type") ?? "body";
                break;
            case "p" when reader.IsDrawing():
                _text.Clear();
                _isItem = _placeholder is "body" or "obj" or "subTitle" && !_inCell;
                break;
            case "tc":
                _inCell = true;
                _cells.Add("");
                break;
            case "chart" when reader.RelationshipId("id") is { } chart:
                return new DrawingPiece("", IsItem: false, Reference: chart);
            case "relIds" when reader.RelationshipId("dm") is { } diagram:
                return new DrawingPiece("", IsItem: false, Reference: diagram);
            default:
                ReadInParagraph();
                break;
        }
        return null;
    }

    private void ReadInParagraph()
    {
        switch (reader.LocalName)
        {
            case "buNone":
                _isItem = false;
                break;
            case "buChar" or "buAutoNum":
                _isItem = true;
                break;
            case "br" when reader.IsDrawing():
                _text.Append('\n');
                break;
            case "t" when reader.IsDrawing() || reader.IsMath():
                reader.AppendText(_text);
                break;
        }
    }

    private DrawingPiece? Close()
    {
        switch (reader.LocalName)
        {
            case "p" when reader.IsDrawing():
                return FinishParagraph();
            case "tc":
                _inCell = false;
                break;
            case "tr" when _cells.Count > 0:
                var row = _cells.ToList();
                _cells.Clear();
                return _hidden ? null : new DrawingPiece("", IsItem: false, Row: row);
        }
        return null;
    }

    private DrawingPiece? FinishParagraph()
    {
        var text = _text.ToString();
        _text.Clear();
        if (_hidden || string.IsNullOrWhiteSpace(text))
            return null;
        if (!_inCell)
            return new DrawingPiece(_placeholder, _isItem, text);
        _cells[^1] = _cells[^1].Length > 0 ? $"{_cells[^1]} {text}" : text;
        return null;
    }
}
