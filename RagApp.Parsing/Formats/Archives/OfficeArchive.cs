using System.IO.Compression;
using System.Xml;

namespace RagApp.Parsing.Formats.Archives;

/// <summary>
/// The ZIP archive of an Office document, which is not trusted. Limits apply to the number of entries, the unpacked
/// size of each part and of all parts together, and the ratio to the compressed size; XML must not have a document
/// type. Parts are read as streams, one after the other; images and videos are never opened.
/// </summary>
internal sealed class OfficeArchive : IOfficePackage, IDisposable
{
    /// <summary>
    /// Names of parts that tell an Office document from an ordinary archive: every document has at least one of them. A document
    /// with an encrypted part is refused; an ordinary archive with encrypted files is read without them.
    /// </summary>
    private static readonly string[] MarksOfDocuments = ["[Content_Types].xml", "mimetype", "META-INF/container.xml", "META-INF/manifest.xml", "word/document.xml"];

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly UnpackBudget _budget = new(ParseLimits.ArchiveBytes);

    private OfficeArchive(ZipArchive archive)
    {
        _archive = archive;
        foreach (var entry in archive.Entries)
            _parts.TryAdd(ArchivePath.Normal(entry.FullName), entry);
    }

    public static OfficeArchive Open(Stream file)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > ParseLimits.ArchiveEntries)
                throw new ParseLimitException($"The archive lists more than {ParseLimits.ArchiveEntries:N0} entries.");
            if (archive.Entries.Any(entry => entry.IsEncrypted) && Array.Exists(MarksOfDocuments, mark => archive.GetEntry(mark) is not null))
                throw new ParseRefusedException("The document is protected by a password. Remove the password and upload it again.");
            return new OfficeArchive(archive);
        }
        catch (InvalidDataException exception)
        {
            throw new ParseRefusedException("The file is damaged: its archive has no readable directory, as when a download was cut off. Get it again and upload that.", exception);
        }
    }

    public bool Has(string part) => _parts.ContainsKey(ArchivePath.Normal(part));

    /// <summary>
    /// Name of the main part of an Office document, found by relationships, then content types, then the usual names; empty for
    /// other archives.
    /// </summary>
    public string MainPart()
    {
        if (Relationship.Of(this, "").FirstOrDefault(relationship => relationship.Kind == "officeDocument" && Has(relationship.Target)) is { } named)
            return named.Target;
        if (ContentTypes.MainPart(this) is { } declared && Has(declared))
            return declared;
        return Array.Find(["word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"], Has) ?? "";
    }

    /// <summary>Opens a part, or null when there is none.</summary>
    public Stream? Open(string part)
    {
        if (!_parts.TryGetValue(ArchivePath.Normal(part), out var entry))
            return null;
        var limit = Math.Min(ParseLimits.PartBytes, Math.Max(ParseLimits.SmallPartBytes, entry.CompressedLength * ParseLimits.UnpackRatio));
        return new BoundedStream(entry.Open(), limit, _budget);
    }

    public XmlReader? OpenXml(string part) => Open(part) is { } stream ? SafeXml.Open(stream) : null;

    public void Dispose() => _archive.Dispose();
}
