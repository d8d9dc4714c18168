using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>Reads the content types of the parts of an Office document.</summary>
internal static class ContentTypes
{
    private const string Part = "[Content_Types].xml";

    /// <summary>Name of the part declared as the main part, or null.</summary>
    public static string? MainPart(IOfficePackage package)
    {
        using var reader = package.OpenXml(Part);
        while (reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Override" }
                && reader.GetAttribute("ContentType") is { } type
                && (type.EndsWith(".main+xml", StringComparison.Ordinal) || type.EndsWith("binary.macroEnabled.main", StringComparison.Ordinal)))
                return ArchivePath.Normal(reader.GetAttribute("ArchivePath") ?? "");
        }
        return null;
    }
}
