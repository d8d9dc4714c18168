using System.Text;
using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>Helpers for the XML of all Office documents. Each namespace has a transitional and a strict name.</summary>
internal static class OfficeXml
{
    private const string Drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string StrictDrawing = "http://purl.oclc.org/ooxml/drawingml/main";
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private const string Math = "http://schemas.openxmlformats.org/officeDocument/2006/math";
    private const string StrictMath = "http://purl.oclc.org/ooxml/officeDocument/math";

    public static bool IsDrawing(this XmlReader reader) => reader.NamespaceURI is Drawing or StrictDrawing;

    public static bool IsMath(this XmlReader reader) => reader.NamespaceURI is Math or StrictMath;

    /// <summary>True at the end of an element, or at an empty element.</summary>
    public static bool IsEnd(this XmlReader reader) => reader.NodeType == XmlNodeType.EndElement || reader is { NodeType: XmlNodeType.Element, IsEmptyElement: true };

    /// <summary>An attribute such as <c>r:id</c>, which names a relationship of the part.</summary>
    public static string? RelationshipId(this XmlReader reader, string name) =>
        reader.GetAttribute(name, Relationships) ?? reader.GetAttribute(name, StrictRelationships);

    /// <summary>Appends the text below an element and stops at its end.</summary>
    public static void AppendText(this XmlReader reader, StringBuilder text)
    {
        if (reader.IsEmptyElement)
            return;
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(reader.Value);
        }
    }

    /// <inheritdoc cref="AppendText"/>
    public static string TakeText(this XmlReader reader)
    {
        var text = new StringBuilder();
        reader.AppendText(text);
        return text.ToString();
    }
}
