using System.Xml;
using RagApp.Parsing.Detection;
using RagApp.Parsing.Members;
using RagApp.Parsing.Ocr;

namespace RagApp.Parsing;

/// <summary>Reads a file of any format. A failure in a format is a result and never an exception.</summary>
internal sealed class FileReader(FormatRegistry formats)
{
    /// <summary>A reader for all shipped formats.</summary>
    public static FileReader Shipped { get; } = new(FormatRegistry.Shipped);

    /// <param name="sink">Receives the files inside the file; when null they are only listed.</param>
    /// <param name="pages">
    /// Reads PDF pages that the built-in reader cannot read, such as scans, with other programs; null when no other program may
    /// be started.
    /// </param>
    /// <param name="detected">Called with the media type before the file is read.</param>
    public ParseResult Read(
        Stream file, string name, IMemberSink? sink = null, PageReader? pages = null, Action<string>? detected = null)
    {
        var contentType = "";
        var output = new BlockWriter(sink, pages);
        try
        {
            var format = FormatDetector.Detect(formats, file, name);
            contentType = format.ContentType;
            file.Position = 0;
            detected?.Invoke(contentType);
            format.Read(file, output);
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
