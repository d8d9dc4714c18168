using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>Word documents in a single XML file: all parts of a .docx in one file, or WordprocessingML of Word 2003.</summary>
internal sealed class WordXmlFormat : IDocumentFormat
{
    public const string MediaType = "application/vnd.ms-wordml";

    private const string UsualMainPart = "word/document.xml";

    public string Name => "wordxml";

    public string Title => "Word";

    public string ContentType => MediaType;

    public string DocumentType => "word";

    public IReadOnlyList<string> Extensions { get; } = [".xml"];

    public bool Recognizes(FileSample sample) => sample.XmlRoot is "wordDocument"
        || (sample.XmlRoot is "package" && sample.Text!.Contains("/word/", StringComparison.Ordinal));

    public void Read(Stream file, BlockWriter output)
    {
        if (file.Length > ParseLimits.PartBytes)
            throw new ParseLimitException($"It is larger than {ParseLimits.PartBytes >> 20} MB. Save it as .docx and upload that.");
        new DocxDocument(new FlatPackage(file), UsualMainPart, output).Read();
    }
}
