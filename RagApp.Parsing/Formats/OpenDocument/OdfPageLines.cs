using System.Xml;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Reads headers and footers, each once and after the text, so that they do not interrupt sentences.</summary>
internal static class OdfPageLines
{
    public static void Read(Func<string, XmlReader?> open, BlockWriter output)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var reader = open(OdfParts.Styles);
        while (reader?.Read() is true && reader is not { NodeType: XmlNodeType.Element, LocalName: "body" })
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Name is not ("style:header" or "style:footer" or "style:header-first" or "style:footer-first" or "style:header-left" or "style:footer-left"))
                continue;
            if (CleanText.OneLine(OdfText.Take(reader)) is var line && line.Any(char.IsLetter) && seen.Add(line))
                output.Paragraph(line);
        }
    }
}
