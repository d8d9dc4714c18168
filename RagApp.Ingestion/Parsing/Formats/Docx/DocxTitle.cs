using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Docx;

/// <summary>The title in a document's properties.</summary>
internal static class DocxTitle
{
    public static string? Read(OfficeArchive archive)
    {
        try
        {
            using var reader = archive.OpenXml("docProps/core.xml");
            while (reader?.Read() is true)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "title" })
                    return reader.ReadElementContentAsString();
            }
        }
        catch (XmlException)
        {
            // damaged properties cost the title, not the document
        }
        return null;
    }
}
