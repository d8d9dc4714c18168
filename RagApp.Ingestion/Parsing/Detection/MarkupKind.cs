using System.Text.RegularExpressions;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>HTML, XML and RTF, and what an XML file is by its root element.</summary>
internal static partial class MarkupKind
{
    public static string? Detect(string text, string ending)
    {
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith(@"{\rtf", StringComparison.Ordinal))
            return MediaTypes.Rtf;
        if (start.StartsWith("<?xml", StringComparison.Ordinal))
            return OfXml(Root().Match(text).Groups["name"].Value, text);
        if (HtmlStart().IsMatch(text))
            return IsMarkdownName(ending) && !WholePage().IsMatch(text) ? null : MediaTypes.Html;
        if (ending is ".HTML" or ".HTM" or ".XHTML" && Tag().IsMatch(text))
            return MediaTypes.Html;
        return start.StartsWith('<') && (ending is ".XML" || RootWithNamespace().IsMatch(text)) ? MediaTypes.Xml : null;
    }

    /// <summary>Markdown often begins with a centred picture in HTML.</summary>
    private static bool IsMarkdownName(string ending) => ending is ".MD" or ".MARKDOWN" or ".MDX";

    private static string OfXml(string root, string text) => root switch
    {
        "html" or "HTML" => MediaTypes.Html,
        "wordDocument" => MediaTypes.WordXml,
        "package" when text.Contains("/word/", StringComparison.Ordinal) => MediaTypes.WordXml,
        "document" when OpenDocumentType().Match(text) is { Success: true } type => ArchiveKind.OpenDocument(type.Groups[1].Value) ?? MediaTypes.Xml,
        _ => MediaTypes.Xml,
    };

    /// <summary>The first element after declarations, comments and a document type.</summary>
    [GeneratedRegex(@"^\s*(<[?!](--.*?--|[^>]*)>\s*)*<([\w.-]+:)?(?<name>[\w.-]+)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Root();

    [GeneratedRegex(@"^\s*<[\w.:-]+\s[^>]*xmlns", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex RootWithNamespace();

    [GeneratedRegex(@"office:mimetype=""([^""]+)""", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex OpenDocumentType();

    [GeneratedRegex(@"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|article|main|section|span|ul|ol|script|style)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"<(!doctype\s+html|html|body)\b", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex WholePage();

    [GeneratedRegex(@"</?[a-z][a-z0-9]*[\s/>]", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Tag();
}
