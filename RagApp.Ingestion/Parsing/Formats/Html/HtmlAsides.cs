using AngleSharp.Dom;

namespace RagApp.Ingestion.Parsing.Formats.Html;

/// <summary>
/// What a page holds in the attributes of its elements: descriptions of pictures, targets of links, values of fields.
/// None of it is in the text, but whoever gets the file gets it too. Like the walker of the text it does not recurse.
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
