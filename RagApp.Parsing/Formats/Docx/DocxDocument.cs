using System.Xml;
using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Drawing;

namespace RagApp.Parsing.Formats.Docx;

/// <summary>
/// Reads the parts of a document: 1. properties, styles, list numbers, notes and comments, to which the text refers, 2. the text with
/// embedded objects, 3. headers and footers, each once and after the text, so that they do not interrupt sentences.
/// </summary>
internal sealed class DocxDocument(IOfficePackage package, string main, BlockWriter output)
{
    public void Read()
    {
        OfficeProperties.Read(package, output);
        var relationships = Relationship.Of(package, main);
        var folder = ArchivePath.Folder(main);
        var styles = Optional(() => DocxStyles.Read(package, PartOf("styles")), "styles") ?? new DocxStyles();
        var numbering = Optional(() => DocxNumbering.Read(package, PartOf("numbering")), "list numbers") ?? new DocxNumbering();
        var notes = new DocxNotes();
        foreach (var kind in (string[])["footnotes", "endnotes", "comments"])
            Optional(() => notes.Read(package, PartOf(kind), kind), kind);

        using var body = package.OpenXml(main)
            ?? throw new ParseRefusedException("The file is damaged: its main part is missing. Save it again in its program and upload that.");
        var embedded = new DocxEmbedded(package, relationships, new DrawingReferences(package, relationships, output), output);
        new DocxBody(body, styles, numbering, notes, embedded, output).Read();
        DocxPageLines.Read(package, relationships, output);

        string PartOf(string kind) => relationships.FirstOrDefault(relationship => relationship.Kind == kind)?.Target ?? $"{folder}{kind}.xml";
    }

    /// <summary>Reads a part without which the text can still be read; adds a warning when it is damaged.</summary>
    private T? Optional<T>(Func<T> read, string what)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            output.Warn($"The {what} are damaged and were left out.");
            return null;
        }
    }
}
