using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>
/// Reads untrusted XML. A document type is refused, since its entities can expand without bound and name local files;
/// nothing external is resolved. Characters forbidden in XML are accepted, since programs write them, and are removed
/// later by <see cref="CleanText"/>.
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

    /// <summary>Opens a reader positioned on the root element.</summary>
    /// <exception cref="ParseRefusedException">The XML has a document type.</exception>
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

    /// <summary>Opens a part that usually has a document type, which is skipped unread, so its entities are not defined.</summary>
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
