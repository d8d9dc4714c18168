using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>
/// An Office document in a single XML file, which is read from the start again for each part:
/// <code>
/// &lt;pkg:package>
///   &lt;pkg:part pkg:name="/word/document.xml">&lt;pkg:xmlData>&lt;w:document>...
/// </code>
/// Word 2003 wrote no parts: every part is then the whole file, and readers skip elements that they do not know.
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
        if (MoveToPart(reader, ArchivePath.Normal(part)))
            return reader.ReadSubtree();
        reader.Dispose();
        return null;
    }

    /// <summary>Moves the reader to the root element of the part.</summary>
    private static bool MoveToPart(XmlReader reader, string part)
    {
        var found = false;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "part")
                found = ArchivePath.Normal(reader.GetAttribute("name", reader.NamespaceURI) ?? "").Equals(part, StringComparison.OrdinalIgnoreCase);
            else if (found && reader.LocalName != "xmlData")
                return reader.LocalName != "binaryData";
        }
        return false;
    }
}
