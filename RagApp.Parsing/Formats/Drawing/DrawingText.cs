using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Runs;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>
/// Reads the text of shapes wherever DrawingML is used (slides, notes, diagrams, text boxes on sheets):
/// <code>
/// p:sp               shape: p:nvSpPr/p:nvPr/p:ph is its role
///   p:spPr / a:xfrm  its place: a:off, a:ext
///   p:txBody / a:p   paragraph: a:pPr (bullet), then a:r/a:t, a:br
/// p:graphicFrame     a:tbl / a:tr / a:tc / a:p, or a chart or diagram by its relationship
/// p:grpSp            group of shapes, which nests
/// </code>
/// Does not recurse, so that nesting cannot overflow the call stack.
/// </summary>
internal sealed class DrawingText(XmlReader reader)
{
    private readonly RunText _text = new();
    private readonly AutoNumbers _numbers = new();
    private OpenRow? _row;
    private RunStyle _style;
    private string _placeholder = "";
    private string _number = "";
    private int _level;
    private bool _isItem;
    private bool _inCell;
    private bool _hidden;
    private bool _namesColumns;
    private int _groups;
    private int _shape;
    private ShapeArea? _area;

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
                yield return reference with { Shape = _shape, Area = _area };
            if (reader.IsEnd() && Close() is { } piece)
                yield return piece with { Shape = _shape, Area = _area };
            reader.Read();
        }
    }

    private DrawingPiece? Open()
    {
        switch (reader.LocalName)
        {
            case "sp" or "graphicFrame" or "pic" or "cxnSp":
                (_placeholder, _hidden) = ("", false);
                BeginShape();
                break;
            case "grpSp":
                BeginShape();
                _groups++;
                break;
            case "off" when _area is null && reader.IsDrawing():
                _area = new ShapeArea(Number("x"), Number("y"), 0, 0);
                break;
            case "ext" when _area is { Width: 0, Height: 0 } area && reader.GetAttribute("cx") is not null:
                _area = area with { Width = Number("cx"), Height = Number("cy") };
                break;
            case "cNvPr":
                _hidden = reader.GetAttribute("hidden") is "1" or "true";
                break;
            case "ph":
                _placeholder = reader.GetAttribute("type") ?? "body";
                break;
            case "p" when reader.IsDrawing():
                _text.Take();
                (_isItem, _number, _level) = (_placeholder is "body" or "obj" or "subTitle" && !_inCell, "", 0);
                break;
            case "tblPr":
                _namesColumns = reader.GetAttribute("firstRow") is "1" or "true";
                break;
            case "tr":
                _row = new OpenRow { IsHeader = _namesColumns };
                _namesColumns = false;
                break;
            case "tc" when _row is not null:
                _inCell = true;
                OpenCell(_row);
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

    /// <summary>Begins a shape; the shapes of a group stand where the group stands.</summary>
    private void BeginShape()
    {
        _numbers.Clear();
        if (_groups > 0)
            return;
        _shape++;
        _area = null;
    }

    /// <summary>Opens a cell; those that another one covers are listed too.</summary>
    private void OpenCell(OpenRow row)
    {
        var covered = reader.GetAttribute("vMerge") is "1" or "true" || reader.GetAttribute("hMerge") is "1" or "true";
        row.Cells.Add(new OpenCell
        {
            Columns = (int)Math.Clamp(Number("gridSpan"), 1, TableCell.MostColumns),
            Rows = covered ? TableCell.Covered : (int)Math.Clamp(Number("rowSpan"), 1, int.MaxValue - 1),
            Places = 1,
        });
    }

    private void ReadInParagraph()
    {
        switch (reader.LocalName)
        {
            case "pPr":
                _level = (int)Number("lvl");
                break;
            case "buNone":
                _isItem = false;
                break;
            case "buChar":
                _isItem = true;
                break;
            case "buAutoNum":
                (_isItem, _number) = (true, _numbers.Next(reader, _level));
                break;
            case "r" or "fld" when reader.IsDrawing():
                _style = default;
                break;
            case "rPr" when reader.IsDrawing():
                _style = new RunStyle(
                    Number("baseline") switch { > 0 => Baseline.Super, < 0 => Baseline.Sub, _ => Baseline.Normal },
                    reader.GetAttribute("strike") is "sngStrike" or "dblStrike",
                    reader.GetAttribute("b") is "1" or "true");
                break;
            case "br" when reader.IsDrawing():
                _text.Append('\n');
                break;
            case "oMath" when reader.IsMath():
                _text.Append(OfficeMath.Take(reader));
                break;
            case "t" when reader.IsDrawing():
                _text.Append(reader.TakeText(), _style);
                break;
        }
    }

    private DrawingPiece? Close()
    {
        switch (reader.LocalName)
        {
            case "p" when reader.IsDrawing():
                return FinishParagraph();
            case "grpSp":
                _groups = Math.Max(0, _groups - 1);
                break;
            case "tc":
                _inCell = false;
                break;
            case "tr" when _row is { } row:
                _row = null;
                return _hidden ? null : new DrawingPiece("", IsItem: false, Row: row.ToCells()) { IsHeader = row.IsHeader };
        }
        return null;
    }

    private DrawingPiece? FinishParagraph()
    {
        var isBold = _text.IsBold;
        var text = _text.Take();
        if (_number.Length == 0)
            _numbers.Interrupt(_level);
        if (_hidden || string.IsNullOrWhiteSpace(text))
            return null;
        if (!_inCell || _row is not { Cells: [.., var cell] })
            return new DrawingPiece(_placeholder, _isItem, text) { Number = _number };
        cell.Append(BlockWriter.Numbered(_number, text), isBold);
        return null;
    }

    private long Number(string attribute) =>
        long.TryParse(reader.GetAttribute(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, -int.MaxValue, int.MaxValue) : 0;
}
