using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>The list of what every part of an Office document is.</summary>
internal static class ContentTypes
{
    private const string Part = "[Content_Types].xml";

    /// <summary>The part that is declared to be the document itself, or null.</summary>
    public static string? MainPart(IOfficePackage package)
    {
        using var reader = package.OpenXml(Part);
        while (reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Override" }
                && reader.GetAttribute("ContentType") is { } type
                && (type.EndsWith(".main+xml", StringComparison.Ordinal) || type.EndsWith("binary.macroEnabled.main", StringComparison.Ordinal)))
                return PartName.Normal(reader.GetAttribute("PartName") ?? "");
        }
        return null;
    }
}
