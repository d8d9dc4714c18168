using AngleSharp.Dom;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Walks a page in reading order and splits its text at the borders of blocks. It does not recurse: a page may be
/// nested 100,000 deep, and a stack overflow would end the process.
/// </summary>
internal sealed class HtmlWalker(BlockWriter output)
{
    private readonly RunText _text = new();
    private readonly Stack<RunStyle> _styles = new();
    private readonly HtmlLists _lists = new();
    private readonly HtmlTable _table = new(output);
    private readonly Stack<(int Cells, int Tables)> _around = new();
    private int _tableDepth;
    private int _cellDepth;
    private int _itemDepth;
    private int _preDepth;
    private int _headDepth;

    public void Walk(INode root)
    {
        var open = new Stack<(INode Node, int NextChild)>();
        if (Enter(root))
            open.Push((root, 0));
        while (open.TryPop(out var top))
        {
            if (top.NextChild >= top.Node.ChildNodes.Length)
            {
                Leave(top.Node);
                continue;
            }
            open.Push((top.Node, top.NextChild + 1));
            var child = top.Node.ChildNodes[top.NextChild];
            if (Enter(child))
                open.Push((child, 0));
        }
        Flush();
        _table.End();
    }

    /// <summary>Handles a node; returns true when its children are to be visited.</summary>
    private bool Enter(INode node)
    {
        switch (node)
        {
            case IText text:
                Append(text.Data);
                return false;
            case IElement element when HtmlTags.IsSkipped(element):
                return false;
            case IElement { LocalName: "math" } math:
                _text.Append($" {HtmlMath.TextOf(math)} ", Style);
                return false;
            case IElement element when HtmlForm.TextOf(element) is { } shown:
                if (shown.Length > 0)
                    _text.Append($" {shown} ", Style);
                return false;
            case IElement element:
                Open(element);
                _styles.Push(HtmlStyle.Of(element, Style));
                return true;
            default:
                return false;
        }
    }

    private RunStyle Style => _styles.TryPeek(out var style) ? style : default;

    private void Leave(INode node)
    {
        if (node is not IElement element)
            return;
        _styles.Pop();
        Close(element);
    }

    private void Open(IElement element)
    {
        switch (element.LocalName)
        {
            case "br":
                _text.Append('\n');
                break;
            case "table":
                if (_cellDepth > 0 && HtmlLayout.IsPlaced(element))
                    OpenPlaced();
                FlushOutsideCell();
                _tableDepth++;
                break;
            case "thead":
                _headDepth++;
                break;
            case "td" or "th":
                FlushOutsideCell();
                _cellDepth++;
                break;
            case "tr" when _cellDepth == 0:
                FlushRow();
                break;
            case "ol" or "ul" or "menu":
                FlushOutsideCell();
                _lists.Open(element);
                break;
            case "li":
                FlushOutsideCell();
                _itemDepth++;
                _lists.OpenItem(element);
                if (_cellDepth > 0)
                    _text.Append($"{_lists.TakeMark()} "); // an item inside a cell is not a block of its own
                break;
            case "pre":
                FlushOutsideCell();
                _preDepth++;
                break;
            default:
                if (HtmlTags.IsBlock(element.LocalName))
                    FlushOutsideCell();
                break;
        }
    }

    private void Close(IElement element)
    {
        switch (element.LocalName)
        {
            case "td" or "th":
                CloseCell(element);
                break;
            case "tr" when _cellDepth == 0:
                FlushRow();
                break;
            case "thead":
                _headDepth--;
                break;
            case "table":
                FlushOutsideCell();
                if (--_tableDepth > 0)
                    break;
                _table.End();
                if (_around.TryPop(out var around))
                    (_cellDepth, _tableDepth) = around;
                break;
            case "ol" or "ul" or "menu":
                FlushOutsideCell();
                _lists.Close();
                break;
            case "li":
                FlushOutsideCell();
                _itemDepth--;
                break;
            case "dt" when _cellDepth == 0:
                _lists.AddTerm(_text.Take());
                break;
            case "dl" when _cellDepth == 0:
                Flush();
                output.Paragraph(_lists.TakeTerms());
                break;
            case "pre":
                FlushCode();
                _preDepth--;
                break;
            case ['h', >= '1' and <= '6'] when _cellDepth == 0:
                output.Heading(element.LocalName[1] - '0', _text.Take());
                break;
            default:
                if (HtmlTags.IsBlock(element.LocalName))
                    FlushOutsideCell();
                break;
        }
    }

    /// <summary>Begins a table that another one places on the page: what that one has so far is written before it.</summary>
    private void OpenPlaced()
    {
        _table.End();
        _around.Push((_cellDepth, _tableDepth));
        (_cellDepth, _tableDepth) = (0, 0);
    }

    /// <summary>Ends a cell; a cell nested in another belongs to the outer one.</summary>
    private void CloseCell(IElement cell)
    {
        _cellDepth--;
        if (_cellDepth > 0)
        {
            _text.Append(' ');
            return;
        }
        var isBold = _text.IsBold;
        _table.AddCell(cell, _text.Take(), isBold);
    }

    private void FlushRow()
    {
        Flush();
        _table.EndRow(inHead: _headDepth > 0);
    }

    private void FlushCode()
    {
        if (_cellDepth == 0)
            output.Code(_text.Take());
    }

    private void FlushOutsideCell()
    {
        if (_cellDepth == 0)
            Flush();
        else
            _text.Append(' ');
    }

    private void Flush()
    {
        var isBold = _text.IsBold;
        var text = _text.Take();
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (_lists.TakeTerms() is { Length: > 0 } terms)
            output.ListItem($"{terms}: {text.Trim()}");
        else if (_itemDepth > 0)
            output.ListItem(text, number: _lists.TakeMark());
        else
            output.Paragraph(text, isBold: isBold);
    }

    /// <summary>Appends text. White space in the source is collapsed except inside <c>pre</c>; line breaks in the text come from <c>br</c>.</summary>
    private void Append(string data) => _text.Append(_preDepth > 0 ? data : data.Replace('\n', ' ').Replace('\r', ' '), Style);
}
