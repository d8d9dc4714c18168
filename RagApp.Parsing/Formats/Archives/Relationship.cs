using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>A reference from one part to another.</summary>
/// <param name="Kind">
/// The last word of the relationship's type, the same in transitional and strict documents: <c>slide</c>, <c>notesSlide</c>.
/// </param>
/// <param name="Target">Name of the part referred to.</param>
internal sealed record Relationship(string Id, string Kind, string Target)
{
    private const int Most = 50_000;

    /// <summary>The parts that <paramref name="part"/> refers to. Damaged references, and those to outside the document, are left out.</summary>
    public static IReadOnlyList<Relationship> Of(IOfficePackage package, string part)
    {
        var found = new List<Relationship>();
        var folder = ArchivePath.Folder(part);
        using var reader = package.OpenXml($"{folder}_rels/{part[folder.Length..]}.rels");
        while (found.Count < Most && reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && reader.GetAttribute("TargetMode") is not "External"
                && reader.GetAttribute("Type") is { } type && reader.GetAttribute("Target") is { } target)
                found.Add(new Relationship(reader.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], ArchivePath.Resolve(part, target)));
        }
        return found;
    }
}
