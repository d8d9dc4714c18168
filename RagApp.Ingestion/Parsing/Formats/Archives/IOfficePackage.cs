using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>The named parts of a document: in an archive, or one after the other in one XML file.</summary>
internal interface IOfficePackage
{
    bool Has(string part);

    /// <summary>Opens a part as XML, standing on its root element; null when there is none.</summary>
    /// <exception cref="ParseRefusedException">It has a document type.</exception>
    XmlReader? OpenXml(string part);
}
