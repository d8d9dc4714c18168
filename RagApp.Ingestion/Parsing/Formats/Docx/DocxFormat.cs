using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Docx;

/// <summary>
/// Word documents. Read as a stream of XML and not through an object model: a document of any size or depth
/// takes the same memory, and damaged relationships to things that are not read do no harm.
/// </summary>
internal sealed class DocxFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Docx;

    public void Read(Stream file, BlockWriter output)
    {
        using var archive = OfficeArchive.Open(file);
        new DocxDocument(archive, archive.MainPart(), output).Read();
    }
}
