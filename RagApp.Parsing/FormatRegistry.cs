using RagApp.Parsing.Formats.Calendar;
using RagApp.Parsing.Formats.Csv;
using RagApp.Parsing.Formats.Docx;
using RagApp.Parsing.Formats.Epub;
using RagApp.Parsing.Formats.Html;
using RagApp.Parsing.Formats.Json;
using RagApp.Parsing.Formats.Mail;
using RagApp.Parsing.Formats.Mail.Outlook;
using RagApp.Parsing.Formats.Markdown;
using RagApp.Parsing.Formats.OldOffice;
using RagApp.Parsing.Formats.OpenDocument;
using RagApp.Parsing.Formats.Pdf;
using RagApp.Parsing.Formats.PlainText;
using RagApp.Parsing.Formats.Pptx;
using RagApp.Parsing.Formats.Rst;
using RagApp.Parsing.Formats.Rtf;
using RagApp.Parsing.Formats.Xlsx;
using RagApp.Parsing.Formats.Xml;
using RagApp.Parsing.Formats.Zip;

namespace RagApp.Parsing;

/// <summary>
/// The list of formats. Everything that depends on it is derived from here: detection, names in settings, kinds in
/// filters, and the sentence shown to people.
/// </summary>
internal sealed class FormatRegistry
{
    private readonly Dictionary<string, IDocumentFormat> _byContentType;

    /// <param name="formats">The formats in the order in which they are asked to recognize a file; each has a different media type.</param>
    public FormatRegistry(IReadOnlyList<IDocumentFormat> formats)
    {
        All = formats;
        _byContentType = formats.ToDictionary(format => format.ContentType, StringComparer.Ordinal);
    }

    /// <summary>All formats of this program. Special formats come before general ones: XML after the formats written in XML, ZIP last.</summary>
    public static FormatRegistry Shipped { get; } = new(
    [
        new PdfFormat(),
        new DocxFormat(),
        new WordXmlFormat(),
        OldOfficeFormat.Word,
        new PptxFormat(),
        OldOfficeFormat.PowerPoint,
        new XlsxFormat(),
        OldOfficeFormat.Excel,
        new OpenDocumentFormat(OpenDocumentFormat.TextType, "odt", "word"),
        new OpenDocumentFormat(OpenDocumentFormat.SpreadsheetType, "ods", "excel"),
        new OpenDocumentFormat(OpenDocumentFormat.PresentationType, "odp", "powerpoint"),
        new EpubFormat(),
        new RtfFormat(),
        new MarkdownFormat(),
        new HtmlFormat(),
        new RstFormat(),
        new CsvFormat(),
        new JsonFormat(),
        new XmlFormat(),
        new PlainTextFormat(),
        new EmlFormat(),
        new MboxFormat(),
        new MsgFormat(),
        new CalendarFormat(),
        new ZipFormat(),
    ]);

    public IReadOnlyList<IDocumentFormat> All { get; }

    /// <summary>Short names of the formats that a parser child reads, sorted.</summary>
    public IEnumerable<string> Names => All.Where(format => format is not OldOfficeFormat).Select(format => format.Name).Order(StringComparer.Ordinal);

    /// <summary>A sentence that lists the readable kinds of file, for people who uploaded another kind.</summary>
    public string Sentence
    {
        get
        {
            var titles = All.Select(format => format.Title).Distinct(StringComparer.Ordinal).ToList();
            return $"{string.Join(", ", titles.SkipLast(1))} and {titles[^1]} are read.";
        }
    }

    /// <summary>The format with that media type; null when there is none.</summary>
    public IDocumentFormat? Find(string contentType) => _byContentType.GetValueOrDefault(contentType);
}
