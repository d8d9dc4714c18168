using AngleSharp.Html.Parser;

namespace RagApp.Ingestion.Parsing.Formats.Html;

/// <summary>Web pages: the main text with headings, lists and tables. Nothing that a page refers to is ever fetched.</summary>
internal sealed class HtmlFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Html;

    public void Read(Stream file, BlockWriter output)
    {
        var text = TextDecoder.DecodeAll(file);
        using var page = new HtmlParser().ParseDocument(HtmlNesting.Limit(Xhtml.Is(text) ? Xhtml.AsHtml(text) : text));
        HtmlProperties.Read(page, output);
        HtmlAsides.Read(page, output);
        if ((MainText.Find(page) ?? page.Body) is { } root)
            new HtmlWalker(output).Walk(root);
    }

    /// <summary>HTML inside another format.</summary>
    public static void ReadFragment(string html, BlockWriter output)
    {
        using var page = new HtmlParser().ParseDocument(HtmlNesting.Limit(html));
        HtmlAsides.Read(page, output);
        if (page.Body is { } body)
            new HtmlWalker(output).Walk(body);
    }
}
