using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.OpenDocument;

/// <summary>Texts, spreadsheets and presentations of OpenDocument, as an archive or as one flat XML file.</summary>
internal sealed class OpenDocumentFormat(string contentType) : IDocumentFormat
{
    public string ContentType => contentType;

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
        if (contentType == MediaTypes.Ods)
            new OdsSheets(reader, styles, output).Read();
        else
            new OdfBody(reader, styles, output).Read();
        if (contentType == MediaTypes.Odt)
            OdfPageLines.Read(open, output);
    }

    /// <summary>A flat file has the same elements as the parts, one below the other: each reads what it knows.</summary>
    private static XmlReader OpenFlat(Stream file, string part)
    {
        file.Position = 0;
        var reader = SafeXml.Open(new BoundedStream(new UnclosedStream(file), ParseLimits.PartBytes));
        while (part == OdfParts.Content && reader.LocalName != "body" && reader.Read())
        {
            // styles and settings come before
        }
        return reader;
    }
}
