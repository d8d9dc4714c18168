using AngleSharp.Dom;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Reads title, author and dates from the head of a page, in the notations in use.</summary>
internal static class HtmlProperties
{
    public static void Read(IDocument page, BlockWriter output)
    {
        output.SetTitle(DocumentTitle.Of(page.Title));
        foreach (var meta in page.GetElementsByTagName("meta"))
        {
            if (meta.GetAttribute("content") is { Length: > 0 } content)
                Read((meta.GetAttribute("name") ?? meta.GetAttribute("property") ?? "").ToUpperInvariant(), content, output);
        }
    }

    private static void Read(string name, string content, BlockWriter output)
    {
        switch (name)
        {
            case "AUTHOR" or "DC.CREATOR" or "DCTERMS.CREATOR":
                output.SetAuthor(content);
                break;
            case "ARTICLE:PUBLISHED_TIME" or "DCTERMS.CREATED" or "DC.DATE" or "DATE":
                output.SetDates(OfficeProperties.Date(content), modified: null);
                break;
            case "ARTICLE:MODIFIED_TIME" or "DCTERMS.MODIFIED" or "LAST-MODIFIED":
                output.SetDates(created: null, OfficeProperties.Date(content));
                break;
        }
    }
}
