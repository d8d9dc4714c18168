using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>
/// Word documents, read as a stream of XML and not through an object model: memory does not grow with the size or depth
/// of a document, and damaged relationships to unread parts do no harm.
/// </summary>
internal sealed class DocxFormat : IDocumentFormat
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public string Name => "docx";

    public string Title => "Word";

    public string ContentType => MediaType;

    public string DocumentType => "word";

    public IReadOnlyList<string> Extensions { get; } = [".docx", ".docm"];

    public bool Recognizes(FileSample sample) => sample.Archive?.OfficeRoot is "document" or "word";

    public void Read(Stream file, BlockWriter output)
    {
        using var archive = OfficeArchive.Open(file);
        new DocxDocument(archive, archive.MainPart(), output).Read();
    }
}
