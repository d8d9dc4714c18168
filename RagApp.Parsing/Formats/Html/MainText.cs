using AngleSharp.Dom;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Finds the element that a page marks as its main text.</summary>
internal static class MainText
{
    /// <summary>The only <c>main</c> (or else <c>article</c>) of a page, when it holds most of the text; otherwise null.</summary>
    public static IElement? Find(IDocument page)
    {
        var found = Only(page, "main") ?? Only(page, "article");
        return found is not null && found.TextContent.Length * 2 > (page.Body?.TextContent.Length ?? 0) ? found : null;
    }

    private static IElement? Only(IDocument page, string tag) =>
        page.GetElementsByTagName(tag) is { Length: 1 } elements ? elements[0] : null;
}
