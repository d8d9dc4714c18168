using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Pptx;

/// <summary>Reads the order of slides from <c>p:presentation/p:sldIdLst</c>.</summary>
internal static class PptxDeck
{
    /// <summary>Part names of the slides, in order.</summary>
    public static IReadOnlyList<string> Slides(OfficeArchive archive, string main)
    {
        var slides = Relationship.Of(archive, main).Where(relationship => relationship.Kind == "slide").ToList();
        var targets = slides.DistinctBy(slide => slide.Id).ToDictionary(slide => slide.Id, slide => slide.Target, StringComparer.Ordinal);
        var ordered = new List<string>();
        using var reader = archive.OpenXml(main)
            ?? throw new ParseRefusedException("The file is damaged: its main part is missing. Save it again in its program and upload that.");
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sldId" }
                && reader.RelationshipId("id") is { } id && targets.TryGetValue(id, out var target))
                ordered.Add(target);
        }
        return ordered;
    }
}
