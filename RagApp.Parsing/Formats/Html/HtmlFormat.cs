using AngleSharp.Html.Parser;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Web pages: the main text with headings, lists and tables. Nothing that a page refers to is fetched.</summary>
internal sealed class HtmlFormat : IDocumentFormat
{
    public const string MediaType = "text/html";

    public string Name => "html";

    public string Title => "HTML";

    public string ContentType => MediaType;

    public string DocumentType => "html";

    public IReadOnlyList<string> Extensions { get; } = [".html", ".htm", ".xhtml"];

    public bool Recognizes(FileSample sample) => HtmlSigns.AreIn(sample, named: Extensions.Contains(sample.Extension));

    public void Read(Stream file, BlockWriter output)
    {
        var text = HtmlDocumentType.Strip(TextDecoder.DecodeAll(file));
        using var page = new HtmlParser().ParseDocument(HtmlNesting.Limit(Xhtml.Is(text) ? Xhtml.AsHtml(text) : text));
        HtmlProperties.Read(page, output);
        HtmlAsides.Read(page, output);
        if ((MainText.Find(page) ?? page.Body) is { } root)
            new HtmlWalker(output).Walk(root);
    }

    /// <summary>Reads HTML inside another format.</summary>
    public static void ReadFragment(string html, BlockWriter output)
    {
        using var page = new HtmlParser().ParseDocument(HtmlNesting.Limit(html));
        HtmlAsides.Read(page, output);
        if (page.Body is { } body)
            new HtmlWalker(output).Walk(body);
    }
}
