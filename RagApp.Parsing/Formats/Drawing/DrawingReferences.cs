using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Drawing;

/// <summary>Reads the charts and diagrams to which a part refers. A damaged one is left out, and the rest of the text is read.</summary>
internal sealed class DrawingReferences(IOfficePackage package, IReadOnlyList<Relationship> relationships, BlockWriter output)
{
    public void Read(string id, int? page)
    {
        if (relationships.FirstOrDefault(relationship => relationship.Id == id) is not { } relationship)
            return;
        try
        {
            using var reader = package.OpenXml(relationship.Target);
            if (reader is null)
                return;
            if (relationship.Kind is "chart" or "chartEx")
                new ChartText(reader, output, page).Read();
            else if (relationship.Kind == "diagramData")
                ReadDiagram(reader, page);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            output.Warn("A chart or diagram is damaged and was left out.");
        }
    }

    private void ReadDiagram(XmlReader reader, int? page)
    {
        foreach (var piece in new DrawingText(reader).Read())
            output.ListItem(piece.Text ?? "", page);
    }
}
