using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Reads the list of parts, which says whether each is encrypted. Older lists have a document type.</summary>
internal static class OdfManifest
{
    public static bool IsEncrypted(OfficeArchive archive)
    {
        try
        {
            using var stream = archive.Open(OdfParts.Manifest);
            if (stream is null)
                return false;
            using var reader = SafeXml.OpenIgnoringDocumentType(stream);
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "encryption-data" })
                    return true;
            }
        }
        catch (XmlException)
        {
            // the parts can be read without the list
        }
        return false;
    }
}
