using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;
using RagApp.Ingestion.Parsing.Formats.Drawing;

namespace RagApp.Ingestion.Parsing.Formats.Docx;

/// <summary>
/// Reads the parts of a document:
/// 1. properties, styles, notes and comments, which the text refers to, 2. the text with what is embedded in it,
/// 3. headers and footers, once each and after the text, where they do not part sentences.
/// </summary>
internal sealed class DocxDocument(IOfficePackage package, string main, BlockWriter output)
{
    public void Read()
    {
        OfficeProperties.Read(package, output);
        var relationships = Relationship.Of(package, main);
        var folder = PartName.Folder(main);
        var styles = Optional(() => DocxStyles.Read(package, PartOf("styles")), "styles") ?? new DocxStyles();
        var notes = new DocxNotes();
        foreach (var kind in (string[])["footnotes", "endnotes", "comments"])
            Optional(() => notes.Read(package, PartOf(kind), kind), kind);

        using var body = package.OpenXml(main)
            ?? throw new ParseRefusedException("The file is damaged: its main part is missing. Save it again in its program and upload that.");
        var embedded = new DocxEmbedded(package, relationships, new DrawingReferences(package, relationships, output), output);
        new DocxBody(body, styles, notes, embedded, output).Read();
        DocxPageLines.Read(package, relationships, output);

        string PartOf(string kind) => relationships.FirstOrDefault(relationship => relationship.Kind == kind)?.Target ?? $"{folder}{kind}.xml";
    }

    /// <summary>The text can be read without these.</summary>
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
