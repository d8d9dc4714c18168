using System.Text;
using System.Xml;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Reads the text of an element as one line; OpenDocument writes a run of spaces, a tab or a line break as an element.</summary>
internal static class OdfText
{
    /// <summary>Reads the text and stops at the end of the element.</summary>
    public static string Take(XmlReader reader)
    {
        var text = new StringBuilder();
        if (reader.IsEmptyElement)
            return "";
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "text:s" or "text:tab" or "text:line-break" or "text:p" })
                text.Append(' ');
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(reader.Value);
        }
        return text.ToString();
    }
}
