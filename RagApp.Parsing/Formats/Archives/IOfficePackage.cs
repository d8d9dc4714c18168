using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>The named parts of a document, in an archive or in one XML file.</summary>
internal interface IOfficePackage
{
    bool Has(string part);

    /// <summary>Opens a part as XML, positioned on its root element; null when there is no such part.</summary>
    /// <exception cref="ParseRefusedException">The part has a document type declaration.</exception>
    XmlReader? OpenXml(string part);
}
