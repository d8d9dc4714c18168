using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>
/// XML of people we do not know: a document type is refused, since its entities expand without bound and name
/// files of this machine; nothing is resolved. Characters that XML forbids are let through, since programs write
/// them and <see cref="CleanText"/> takes them out.
/// </summary>
internal static class SafeXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Parse,
        MaxCharactersFromEntities = 1024,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
        CloseInput = true,
    };

    private static readonly XmlReaderSettings IgnoringDocumentType = WithoutDocumentType();

    /// <summary>A reader that stands on the root element.</summary>
    /// <exception cref="ParseRefusedException">There is a document type before it.</exception>
    public static XmlReader Open(Stream stream)
    {
        var reader = XmlReader.Create(stream, Settings);
        try
        {
            while (reader.Read() && reader.NodeType != XmlNodeType.Element)
            {
                if (reader.NodeType == XmlNodeType.DocumentType)
                    throw new ParseRefusedException("The file holds XML with a document type (DTD), which is not read because it can name other files. Save it again in its program and upload that.");
            }
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>For parts that have a document type by custom: it is skipped unread, and so its entities do not exist.</summary>
    public static XmlReader OpenIgnoringDocumentType(Stream stream)
    {
        var reader = XmlReader.Create(stream, IgnoringDocumentType);
        reader.MoveToContent();
        return reader;
    }

    private static XmlReaderSettings WithoutDocumentType()
    {
        var settings = Settings.Clone();
        settings.DtdProcessing = DtdProcessing.Ignore;
        return settings;
    }
}
