using AngleSharp.Dom;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Collects text from the attributes of a page: image descriptions, link targets, field values. It is not part of the
/// visible text, but reaches whoever downloads the file. Does not recurse, like <see cref="HtmlWalker"/>.
/// </summary>
internal static class HtmlAsides
{
    private static readonly string[] Attributes = ["alt", "title", "href", "content", "value", "placeholder", "aria-label", "summary"];

    public static void Read(IDocument page, BlockWriter output)
    {
        var open = new Stack<INode>([page]);
        while (open.TryPop(out var node))
        {
            if (node is IElement element)
                Read(element, output);
            for (var i = node.ChildNodes.Length - 1; i >= 0; i--)
                open.Push(node.ChildNodes[i]);
        }
    }

    private static void Read(IElement element, BlockWriter output)
    {
        foreach (var name in Attributes)
        {
            if (element.GetAttribute(name) is { } value && !value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                output.Aside(name == "href" ? Uri.UnescapeDataString(value) : value);
        }
    }
}
