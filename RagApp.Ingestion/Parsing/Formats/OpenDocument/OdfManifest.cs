using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.OpenDocument;

/// <summary>The list of parts, which says of each whether it is encrypted. Older ones have a document type by custom.</summary>
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
            // the parts can be read without their list
        }
        return false;
    }
}
