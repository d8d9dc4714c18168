using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>OpenDocument texts, spreadsheets and presentations, as an archive or as one flat XML file.</summary>
internal sealed class OpenDocumentFormat(string contentType, string name, string documentType) : IDocumentFormat
{
    public const string TextType = "application/vnd.oasis.opendocument.text";
    public const string SpreadsheetType = "application/vnd.oasis.opendocument.spreadsheet";
    public const string PresentationType = "application/vnd.oasis.opendocument.presentation";

    public string Name => name;

    public string Title => "OpenDocument";

    public string ContentType => contentType;

    public string DocumentType => documentType;

    public IReadOnlyList<string> Extensions { get; } = [$".{name}"];

    public bool Recognizes(FileSample sample) => OdfSigns.TypeOf(sample) == contentType;

    public void Read(Stream file, BlockWriter output)
    {
        var isArchive = file.ReadByte() == 'P';
        file.Position = 0;
        if (isArchive)
            ReadArchive(file, output);
        else
            Read(part => OpenFlat(file, part), output);
    }

    private void ReadArchive(Stream file, BlockWriter output)
    {
        using var archive = OfficeArchive.Open(file);
        if (OdfManifest.IsEncrypted(archive))
            throw new ParseRefusedException("The document is protected by a password. Remove the password in its program and upload it again.");
        if (!archive.Has(OdfParts.Content))
            throw new ParseRefusedException("The file is damaged: its main part is missing. Save it again in its program and upload that.");
        Read(archive.OpenXml, output);
    }

    private void Read(Func<string, XmlReader?> open, BlockWriter output)
    {
        OdfProperties.Read(open, output);
        var styles = OdfStyles.Read(open);
        using var reader = open(OdfParts.Content);
        if (reader is null)
            return;
        if (contentType == SpreadsheetType)
            new OdsSheets(reader, styles, output).Read();
        else
            new OdfBody(reader, styles, output).Read();
        if (contentType == TextType)
            OdfPageLines.Read(open, output);
    }

    /// <summary>
    /// Opens a part of a flat file. It has the elements of all parts one after the other; each reader skips those it does not
    /// know.
    /// </summary>
    private static XmlReader OpenFlat(Stream file, string part)
    {
        file.Position = 0;
        var reader = SafeXml.Open(new BoundedStream(new UnclosedStream(file), ParseLimits.PartBytes));
        while (part == OdfParts.Content && reader.LocalName != "body" && reader.Read())
        {
            // skip styles and settings
        }
        return reader;
    }
}
