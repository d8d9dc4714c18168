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
        var main = archive.MainPart();
        var folder = PartName.Folder(main);

        OfficeProperties.Read(archive, output);
        var styles = DocxStyles.Read(archive, folder + "styles.xml");
        var notes = DocxNotes.Read(archive, folder);

        using var body = archive.OpenXml(main)
            ?? throw new ParseRefusedException("The file is damaged: its main part is missing. Save it again in its program and upload that.");
        new DocxBody(body, styles, notes, output).Read();
    }
}
