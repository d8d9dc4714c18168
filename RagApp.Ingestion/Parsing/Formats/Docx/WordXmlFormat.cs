using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Docx;

/// <summary>Word documents that are one XML file: all parts of a .docx in a row, or WordprocessingML as Word 2003 wrote it.</summary>
internal sealed class WordXmlFormat : IDocumentFormat
{
    private const string UsualMainPart = "word/document.xml";

    public string ContentType => MediaTypes.WordXml;

    public void Read(Stream file, BlockWriter output)
    {
        if (file.Length > ParseLimits.PartBytes)
            throw new ParseLimitException($"It is larger than {ParseLimits.PartBytes >> 20} MB. Save it as .docx and upload that.");
        new DocxDocument(new FlatPackage(file), UsualMainPart, output).Read();
    }
}
