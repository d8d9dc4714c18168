using System.Text.RegularExpressions;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Html;

namespace RagApp.Parsing.Formats.Xml;

/// <summary>XML of an unknown kind: its text, with element names as the names of values.</summary>
internal sealed partial class XmlFormat : IDocumentFormat
{
    public const string MediaType = "application/xml";

    public string Name => "xml";

    public string Title => "XML";

    public string ContentType => MediaType;

    public string DocumentType => "data";

    public IReadOnlyList<string> Extensions { get; } = [".xml"];

    /// <summary>True for a file that begins with an XML declaration, or that looks like XML and has an XML extension or a namespace.</summary>
    public bool Recognizes(FileSample sample) => sample.XmlRoot is not null
        || (sample.Text is { } text && text.AsSpan().TrimStart().StartsWith('<') && !HtmlSigns.Begin(text)
            && (Extensions.Contains(sample.Extension) || RootWithNamespace().IsMatch(text)));

    public void Read(Stream file, BlockWriter output)
    {
        using var reader = SafeXml.Open(file);
        new XmlText(reader, output).Read();
    }

    [GeneratedRegex(@"^\s*<[\w.:-]+\s[^>]*xmlns", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex RootWithNamespace();
}
