using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Xml;

/// <summary>XML of no known kind: its text, with the names of elements where they say what a value is.</summary>
internal sealed class XmlFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Xml;

    public void Read(Stream file, BlockWriter output)
    {
        using var reader = SafeXml.Open(file);
        new XmlText(reader, output).Read();
    }
}
