using System.IO.Compression;
using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>
/// The ZIP archive that an Office document is, opened with suspicion: entries are counted, a part unpacks to so
/// many bytes and no more, XML has no DTD and resolves nothing. Parts are read as streams, one after the other;
/// pictures and films in the archive are never touched.
/// </summary>
internal sealed class OfficeArchive : IDisposable
{
    private const string OfficeDocument = "/officeDocument";

    private readonly ZipArchive _archive;

    private OfficeArchive(ZipArchive archive) => _archive = archive;

    public static OfficeArchive Open(Stream file)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > ParseLimits.ArchiveEntries)
                throw new ParseLimitException($"The archive lists more than {ParseLimits.ArchiveEntries:N0} entries.");
            if (archive.Entries.Any(entry => entry.IsEncrypted))
                throw new ParseRefusedException("The document is protected by a password. Remove the password and upload it again.");
            return new OfficeArchive(archive);
        }
        catch (InvalidDataException exception)
        {
            throw new ParseRefusedException("The file is damaged: its archive has no readable directory, as when a download was cut off. Get it again and upload that.", exception);
        }
    }

    public bool Has(string part) => _archive.GetEntry(part) is not null;

    /// <summary>Name of the part that the document begins with, by the archive's own relationships; empty when it names none.</summary>
    public string MainPart()
    {
        using var reader = OpenXml("_rels/.rels");
        while (reader?.Read() is true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && reader.GetAttribute("Type")?.EndsWith(OfficeDocument, StringComparison.Ordinal) is true)
                return reader.GetAttribute("Target")?.TrimStart('/') ?? "";
        }
        return "";
    }

    /// <summary>Opens a part as XML, or null when there is none.</summary>
    public XmlReader? OpenXml(string part)
    {
        if (_archive.GetEntry(part) is not { } entry)
            return null;
        return XmlReader.Create(new BoundedStream(entry.Open(), ParseLimits.PartBytes), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        });
    }

    public void Dispose() => _archive.Dispose();
}
