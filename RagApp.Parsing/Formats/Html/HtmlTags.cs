using System.Collections.Frozen;
using AngleSharp.Dom;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Classifies elements: blocks, and elements that are not text.</summary>
internal static class HtmlTags
{
    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(StringComparer.Ordinal,
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
        "thead", "tr", "ul");

    private static readonly FrozenSet<string> NoText = FrozenSet.Create(StringComparer.Ordinal,
        "script", "style", "nav", "noscript", "template", "head", "svg", "iframe", "object", "embed", "audio",
        "video", "canvas", "button", "datalist");

    public static bool IsBlock(string tag) => Blocks.Contains(tag);

    /// <summary>True for elements that are not text or are hidden from the reader: invisible text must not answer questions.</summary>
    public static bool IsSkipped(IElement element) =>
        NoText.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || element.GetAttribute("role") is "navigation"
        || (element.GetAttribute("style") is { } style && HidesText(style));

    private static bool HidesText(string style)
    {
        var rules = style.Replace(" ", "", StringComparison.Ordinal);
        return rules.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || rules.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }
}
