using System.IO.Compression;
using System.Xml;

namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>
/// The ZIP archive that an Office document is, opened with suspicion: entries are counted; a part, and all of
/// them together, unpack to so many bytes and no more, and not to a thousand times their size; XML has no document
/// type. Parts are read as streams, one after the other; pictures and films in the archive are never touched.
/// </summary>
internal sealed class OfficeArchive : IOfficePackage, IDisposable
{
    /// <summary>An archive without any of them is no document but a folder, of which some files may be protected.</summary>
    private static readonly string[] MarksOfDocuments = ["[Content_Types].xml", "mimetype", "META-INF/container.xml", "META-INF/manifest.xml", "word/document.xml"];

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly UnpackBudget _budget = new(ParseLimits.ArchiveBytes);

    private OfficeArchive(ZipArchive archive)
    {
        _archive = archive;
        foreach (var entry in archive.Entries)
            _parts.TryAdd(PartName.Normal(entry.FullName), entry);
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

    public bool Has(string part) => _parts.ContainsKey(PartName.Normal(part));

    /// <summary>The part that an Office document begins with, or nothing in other archives: by the relationships, else by the content types, else the usual one.</summary>
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
        if (!_parts.TryGetValue(PartName.Normal(part), out var entry))
            return null;
        var limit = Math.Min(ParseLimits.PartBytes, Math.Max(ParseLimits.SmallPartBytes, entry.CompressedLength * ParseLimits.UnpackRatio));
        return new BoundedStream(entry.Open(), limit, _budget);
    }

    public XmlReader? OpenXml(string part) => Open(part) is { } stream ? SafeXml.Open(stream) : null;

    public void Dispose() => _archive.Dispose();
}
