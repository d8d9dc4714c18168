using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>
/// An Office document as one XML file, which is read from its beginning for each part:
/// <code>
/// &lt;pkg:package>
///   &lt;pkg:part pkg:name="/word/document.xml">&lt;pkg:xmlData>&lt;w:document>...
/// </code>
/// Word 2003 wrote no parts: there the whole file stands for each of them, and readers take from it what they know.
/// </summary>
internal sealed class FlatPackage(Stream file) : IOfficePackage
{
    private const string Parts = "package";

    public bool Has(string part)
    {
        using var reader = OpenXml(part);
        return reader is not null;
    }

    public XmlReader? OpenXml(string part)
    {
        file.Position = 0;
        var reader = SafeXml.Open(new UnclosedStream(file));
        if (reader.LocalName != Parts)
            return reader;
        if (MoveToPart(reader, PartName.Normal(part)))
            return reader.ReadSubtree();
        reader.Dispose();
        return null;
    }

    /// <summary>Onto the root element of the part.</summary>
    private static bool MoveToPart(XmlReader reader, string part)
    {
        var found = false;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "part")
                found = PartName.Normal(reader.GetAttribute("name", reader.NamespaceURI) ?? "").Equals(part, StringComparison.OrdinalIgnoreCase);
            else if (found && reader.LocalName != "xmlData")
                return reader.LocalName != "binaryData";
        }
        return false;
    }
}
