using System.Text;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>Reads headers and footers, each distinct line once: a section has up to three of each, mostly the same.</summary>
internal static class DocxPageLines
{
    public static void Read(IOfficePackage package, IReadOnlyList<Relationship> relationships, BlockWriter output)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in relationships.Where(relationship => relationship.Kind is "header" or "footer").DistinctBy(relationship => relationship.Target))
        {
            try
            {
                using var reader = package.OpenXml(part.Target);
                foreach (var line in reader is null ? [] : Lines(reader).Where(line => line.Any(char.IsLetter) && seen.Add(line)))
                    output.Paragraph(line);
            }
            catch (Exception exception) when (exception is XmlException or InvalidDataException)
            {
                output.Warn("A header or footer is damaged and was left out.");
            }
        }
    }

    private static IEnumerable<string> Lines(XmlReader reader)
    {
        var line = new StringBuilder();
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "t" } && reader.IsWord())
                reader.AppendText(line);
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "tab" or "br" or "tc" })
                line.Append(' ');
            if (!reader.IsEnd() || reader.LocalName != "p")
                continue;
            yield return CleanText.OneLine(line.ToString());
            line.Clear();
        }
    }
}
