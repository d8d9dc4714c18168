using System.Xml;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>Reads the formulas of Office documents: <c>m:oMath / m:f / m:num, m:den</c>.</summary>
internal static class OfficeMath
{
    private const string Transitional = "http://schemas.openxmlformats.org/officeDocument/2006/math";
    private const string Strict = "http://purl.oclc.org/ooxml/officeDocument/math";

    /// <summary>Reads a formula and stops at its end.</summary>
    public static string Take(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return "";
        var formula = new MathText();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (!reader.IsMath())
                continue;
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "t" })
                formula.Append(reader.TakeText());
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "chr" or "begChr" })
                formula.Sign(reader.GetAttribute("val", Transitional) ?? reader.GetAttribute("val", Strict));
            else if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false } && !IsProperties(reader.LocalName))
                formula.Open(reader.LocalName);
            else if (reader.NodeType == XmlNodeType.EndElement && !IsProperties(reader.LocalName))
                formula.Close();
        }
        return formula.Take();
    }

    /// <summary>True for elements such as <c>m:naryPr</c>.</summary>
    private static bool IsProperties(string element) => element.EndsWith("Pr", StringComparison.Ordinal);
}
