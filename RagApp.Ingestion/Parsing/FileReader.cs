using System.Collections.Frozen;
using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Csv;
using RagApp.Ingestion.Parsing.Formats.Docx;
using RagApp.Ingestion.Parsing.Formats.Epub;
using RagApp.Ingestion.Parsing.Formats.Html;
using RagApp.Ingestion.Parsing.Formats.Json;
using RagApp.Ingestion.Parsing.Formats.Mail.Outlook;
using RagApp.Ingestion.Parsing.Formats.Mail;
using RagApp.Ingestion.Parsing.Formats.Markdown;
using RagApp.Ingestion.Parsing.Formats.OpenDocument;
using RagApp.Ingestion.Parsing.Formats.Pdf;
using RagApp.Ingestion.Parsing.Formats.PlainText;
using RagApp.Ingestion.Parsing.Formats.Pptx;
using RagApp.Ingestion.Parsing.Formats.Rst;
using RagApp.Ingestion.Parsing.Formats.Rtf;
using RagApp.Ingestion.Parsing.Formats.Xlsx;
using RagApp.Ingestion.Parsing.Formats.Xml;
using RagApp.Ingestion.Parsing.Formats.Zip;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Ingestion.Parsing.PageTools;

namespace RagApp.Ingestion.Parsing;

/// <summary>Reads a file of any known format. Whatever goes wrong in a format is a result, never an exception.</summary>
internal static class FileReader
{
    private static readonly FrozenDictionary<string, IDocumentFormat> Formats = new IDocumentFormat[]
    {
        new PdfFormat(),
        new DocxFormat(),
        new WordXmlFormat(),
        new PptxFormat(),
        new XlsxFormat(),
        new OpenDocumentFormat(MediaTypes.Odt),
        new OpenDocumentFormat(MediaTypes.Ods),
        new OpenDocumentFormat(MediaTypes.Odp),
        new EpubFormat(),
        new RtfFormat(),
        new HtmlFormat(),
        new XmlFormat(),
        new JsonFormat(),
        new CsvFormat(),
        new MarkdownFormat(),
        new RstFormat(),
        new PlainTextFormat(),
        new EmlFormat(),
        new MboxFormat(),
        new MsgFormat(),
        new ZipFormat(),
    }.ToFrozenDictionary(format => format.ContentType, StringComparer.Ordinal);

    /// <param name="sink">Takes the files inside the file; without one they are only listed.</param>
    /// <param name="pages">Reads pages that the format cannot; null where no other program may be started.</param>
    /// <param name="detected">Told the media type before the file is read.</param>
    public static ParseResult Read(
        Stream file, string name, IMemberSink? sink = null, PageReader? pages = null, Action<string>? detected = null)
    {
        var contentType = "";
        var output = new BlockWriter(sink, pages);
        try
        {
            contentType = FormatDetector.Detect(file, name);
            file.Position = 0;
            detected?.Invoke(contentType);
            FormatOf(contentType).Read(file, output);
            return TextOf(output, contentType);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException && output.Blocks.Count > 0)
        {
            output.Warn("The file is damaged: it was read up to where the damage is. Open it in its program, save it again and upload that.");
            return TextOf(output, contentType);
        }
        catch (Exception exception) when (exception is not MemberSinkException)
        {
            return Explain(exception, contentType);
        }
    }

    private static ParseResult TextOf(BlockWriter output, string contentType) =>
        new(ParseOutcome.Text, null, contentType, output.Properties, output.Blocks, output.Warnings, output.Members) { Asides = output.Asides };

    private static IDocumentFormat FormatOf(string contentType) =>
        Formats.GetValueOrDefault(contentType) ?? throw new ParseRefusedException(ReadFormats.Refuse(contentType));

    private static ParseResult Explain(Exception exception, string contentType) => exception switch
    {
        ParseRefusedException => ParseResult.Without(ParseOutcome.Refused, exception.Message, contentType),
        ParseLimitException => ParseResult.Without(ParseOutcome.LimitHit, exception.Message, contentType),
        OutOfMemoryException => ParseResult.Without(
            ParseOutcome.LimitHit, "Reading it needs more memory than one document gets. Split it into smaller files.", contentType),
        XmlException => ParseResult.Without(
            ParseOutcome.Refused, "The file is damaged: a part of it is not valid XML. Save it again in its program and upload that.", contentType),
        _ => ParseResult.Without(
            ParseOutcome.Refused, "The file is damaged and could not be read. Open it in its program, save it again and upload that.", contentType),
    };
}
