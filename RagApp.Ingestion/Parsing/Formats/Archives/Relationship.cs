using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>A reference from one part to another.</summary>
/// <param name="Kind">Last word of its type, the same in transitional and strict documents: <c>slide</c>, <c>notesSlide</c>.</param>
/// <param name="Target">Name of the part.</param>
internal sealed record Relationship(string Id, string Kind, string Target)
{
    private const int Most = 50_000;

    /// <summary>What <paramref name="part"/> refers to within the document; references to the outside are left out, damaged ones too.</summary>
    public static IReadOnlyList<Relationship> Of(IOfficePackage package, string part)
    {
        var found = new List<Relationship>();
        var folder = PartName.Folder(part);
        using var reader = package.OpenXml($"{folder}_rels/{part[folder.Length..]}.rels");
        while (found.Count < Most && reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && reader.GetAttribute("TargetMode") is not "External"
                && reader.GetAttribute("Type") is { } type && reader.GetAttribute("Target") is { } target)
                found.Add(new Relationship(reader.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], PartName.Resolve(part, target)));
        }
        return found;
    }
}
