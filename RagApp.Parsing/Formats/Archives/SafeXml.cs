using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>
/// Reads untrusted XML. A document type that defines entities is refused, since they can expand without bound and name local files;
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
    /// <exception cref="ParseRefusedException">The XML has a document type that defines entities.</exception>
    public static XmlReader Open(Stream stream)
    {
        var reader = XmlReader.Create(stream, Settings);
        try
        {
            while (reader.Read() && reader.NodeType != XmlNodeType.Element)
            {
                if (reader.NodeType == XmlNodeType.DocumentType)
                    RequireNoEntities(reader.Value);
            }
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Checks the declarations inside a document type.</summary>
    /// <exception cref="ParseRefusedException">They define entities.</exception>
    public static void RequireNoEntities(string declarations)
    {
        if (declarations.Contains("<!ENTITY", StringComparison.OrdinalIgnoreCase))
            throw new ParseRefusedException("The file has a document type (DTD) that defines entities, which is not read because they can name other files. Save it again in its program and upload that.");
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
