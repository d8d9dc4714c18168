using System.Xml;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>Helpers for WordprocessingML, which has three equivalent namespaces: transitional, strict, and that of Word 2003.</summary>
internal static class DocxXml
{
    private const string Transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    private const string Word2003 = "http://schemas.microsoft.com/office/word/2003/wordml";

    public static bool IsWord(this XmlReader reader) => reader.NamespaceURI is Transitional or Strict or Word2003;

    public static string? Attribute(this XmlReader reader, string name) =>
        reader.GetAttribute(name, Transitional) ?? reader.GetAttribute(name, Strict) ?? reader.GetAttribute(name, Word2003);

    /// <summary>True when a switch such as <c>&lt;w:vanish/&gt;</c> is on.</summary>
    public static bool IsOn(this XmlReader reader) => reader.Attribute("val") is not ("0" or "false" or "off");
}
