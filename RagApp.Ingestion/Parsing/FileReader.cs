using System.Collections.Frozen;
using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Docx;
using RagApp.Ingestion.Parsing.Formats.Html;
using RagApp.Ingestion.Parsing.Formats.Markdown;
using RagApp.Ingestion.Parsing.Formats.Pdf;
using RagApp.Ingestion.Parsing.Formats.PlainText;

namespace RagApp.Ingestion.Parsing;

/// <summary>Reads a file of any known format. Whatever goes wrong in a format is a result, never an exception.</summary>
internal static class FileReader
{
    private static readonly FrozenDictionary<string, IDocumentFormat> Formats = new IDocumentFormat[]
    {
        new PdfFormat(), new DocxFormat(), new HtmlFormat(), new MarkdownFormat(), new PlainTextFormat(),
    }.ToFrozenDictionary(format => format.ContentType, StringComparer.Ordinal);

    public static ParseResult Read(Stream file, string name)
    {
        var contentType = "";
        try
        {
            contentType = FormatDetector.Detect(file, name);
            file.Position = 0;
            var output = new BlockWriter();
            Formats[contentType].Read(file, output);
            return new ParseResult(ParseOutcome.Text, null, contentType, output.Properties, output.Blocks, output.Warnings, output.Members);
        }
        catch (Exception exception)
        {
            return Explain(exception, contentType);
        }
    }

    /// <summary>Writes a file that is inside <paramref name="file"/>; null when it was written whole, else why not.</summary>
    public static ParseResult? Extract(Stream file, string name, int number, Stream output)
    {
        var contentType = "";
        try
        {
            contentType = FormatDetector.Detect(file, name);
            file.Position = 0;
            if (Formats[contentType] is not IContainerFormat container)
                throw new ParseRefusedException("There are no files inside this file.");
            container.Extract(file, number, output);
            return null;
        }
        catch (Exception exception)
        {
            return Explain(exception, contentType);
        }
    }

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
