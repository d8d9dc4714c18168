using System.Text;
using AngleSharp.Dom;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Walks a page in reading order and splits its text at the borders of blocks. It does not recurse: a page may be
/// nested 100,000 deep, and a stack overflow would end the process.
/// </summary>
internal sealed class HtmlWalker(BlockWriter output)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _cells = [];
    private int _cellDepth;
    private int _itemDepth;
    private int _preDepth;

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
    }

    /// <summary>Handles a node; returns true when its children are to be visited.</summary>
    private bool Enter(INode node)
    {
        switch (node)
        {
            case IText text:
                Append(text.Data);
                return false;
            case IElement element when !HtmlTags.IsSkipped(element):
                Open(element.LocalName);
                return true;
            default:
                return false;
        }
    }

    private void Leave(INode node)
    {
        if (node is IElement element)
            Close(element.LocalName);
    }

    private void Open(string tag)
    {
        switch (tag)
        {
            case "br":
                _text.Append('\n');
                break;
            case "td" or "th":
                FlushOutsideCell();
                _cellDepth++;
                break;
            case "tr" when _cellDepth == 0:
                FlushRow();
                break;
            case "li":
                FlushOutsideCell();
                _itemDepth++;
                break;
            case "pre":
                FlushOutsideCell();
                _preDepth++;
                break;
            default:
                if (HtmlTags.IsBlock(tag))
                    FlushOutsideCell();
                break;
        }
    }

    private void Close(string tag)
    {
        switch (tag)
        {
            case "td" or "th":
                CloseCell();
                break;
            case "tr" when _cellDepth == 0:
                FlushRow();
                break;
            case "li":
                FlushOutsideCell();
                _itemDepth--;
                break;
            case "pre":
                FlushCode();
                _preDepth--;
                break;
            case ['h', >= '1' and <= '6'] when _cellDepth == 0:
                FlushHeading(tag[1] - '0');
                break;
            default:
                if (HtmlTags.IsBlock(tag))
                    FlushOutsideCell();
                break;
        }
    }

    /// <summary>Ends a cell; a cell nested in another belongs to the outer one.</summary>
    private void CloseCell()
    {
        _cellDepth--;
        if (_cellDepth == 0)
            _cells.Add(Take());
        else
            _text.Append(' ');
    }

    private void FlushRow()
    {
        Flush();
        output.TableRow(_cells);
        _cells.Clear();
    }

    private void FlushHeading(int level) => output.Heading(level, Take());

    private void FlushCode()
    {
        if (_cellDepth == 0)
            output.Code(Take());
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
        if (_itemDepth > 0)
            output.ListItem(Take());
        else
            output.Paragraph(Take());
    }

    /// <summary>Appends text. White space in the source is collapsed except inside <c>pre</c>; line breaks in the text come from <c>br</c>.</summary>
    private void Append(string data)
    {
        if (_preDepth > 0)
            _text.Append(data);
        else
            _text.Append(data.Replace('\n', ' ').Replace('\r', ' '));
    }

    private string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }
}
