using System.Text;
using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Docx;

/// <summary>The texts of footnotes and endnotes by their ids.</summary>
internal sealed class DocxNotes
{
    private readonly Dictionary<(bool Endnote, string Id), string> _texts = [];

    public static DocxNotes Read(OfficeArchive archive, string folder)
    {
        var notes = new DocxNotes();
        notes.ReadPart(archive, folder + "footnotes.xml", "footnote");
        notes.ReadPart(archive, folder + "endnotes.xml", "endnote");
        return notes;
    }

    public string? Find(bool endnote, string? id) => id is not null && _texts.TryGetValue((endnote, id), out var text) ? text : null;

    private void ReadPart(OfficeArchive archive, string part, string element)
    {
        using var reader = archive.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false } && reader.LocalName == element
                && reader.Attribute("id") is { } id && reader.Attribute("type") is null or "normal")
                _texts[(element == "endnote", id)] = ReadText(reader);
        }
    }

    private static string ReadText(XmlReader reader)
    {
        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "p")
                text.Append(' ');
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false } && reader.Read())
                text.Append(reader.Value);
        }
        return text.ToString();
    }
}
