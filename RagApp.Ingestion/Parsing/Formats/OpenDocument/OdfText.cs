using System.Text;
using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.OpenDocument;

/// <summary>The text of an element as one line: runs of spaces and breaks are elements of their own.</summary>
internal static class OdfText
{
    /// <summary>Stops at the end of the element.</summary>
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
