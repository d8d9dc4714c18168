using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>The texts of footnotes, endnotes and comments by their ids.</summary>
internal sealed class DocxNotes
{
    private readonly Dictionary<(string Reference, string Id), string> _texts = [];

    /// <summary>The text of the note referred to by an element such as <c>w:footnoteReference</c>.</summary>
    public string? Find(string reference, string? id) => id is not null && _texts.TryGetValue((reference, id), out var text) ? text : null;

    /// <param name="kind">Root element of the part: <c>footnotes</c>, <c>endnotes</c> or <c>comments</c>.</param>
    public DocxNotes Read(IOfficePackage package, string part, string kind)
    {
        var element = kind.TrimEnd('s');
        using var reader = package.OpenXml(part);
        while (reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false } && reader.LocalName == element
                && reader.Attribute("id") is { } id && reader.Attribute("type") is null or "normal")
                _texts[(element + "Reference", id)] = (element == "comment" ? "Comment: " : "") + ReadText(reader);
        }
        return this;
    }

    private static string ReadText(XmlReader reader)
    {
        var (text, run, inProperties) = (new RunText(), new DocxRun(), false);
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.LocalName == "rPr")
                inProperties = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "r" })
                run.Begin();
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "p" })
                text.Append(' ');
            else if (reader.NodeType == XmlNodeType.Element && inProperties)
                run.ReadProperty(reader);
            else if (reader.NodeType == XmlNodeType.Element && reader.IsWord())
                run.ReadText(reader, text);
        }
        return CleanText.OneLine(text.Take());
    }
}
