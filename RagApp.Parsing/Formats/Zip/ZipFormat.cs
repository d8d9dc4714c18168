using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace RagApp.Parsing.Formats.Zip;

/// <summary>A ZIP archive: it has no text of its own, and its files become documents.</summary>
internal sealed class ZipFormat : IDocumentFormat
{
    public const string MediaType = "application/zip";

    public string Name => "zip";

    public string Title => "ZIP archives of them";

    public string ContentType => MediaType;

    public string DocumentType => "archive";

    public IReadOnlyList<string> Extensions { get; } = [".zip"];

    /// <summary>True for every archive; it is asked last, when no other format recognizes the file.</summary>
    public bool Recognizes(FileSample sample) => sample.Archive is not null;

    public void Read(Stream file, BlockWriter output)
    {
        using var archive = Open(file);
        var names = new EntryNames(file, archive);
        var files = archive.Entries.Select((entry, at) => (Entry: entry, Name: names[at])).Where(pair => !IsFolder(pair.Name)).ToList();
        RequireSane([.. files.Select(pair => pair.Entry)], file.Length);
        foreach (var (entry, name) in files)
            Add(entry, name, output);
    }

    /// <summary>
    /// Opens the archive. Names not marked as UTF-8 are read as Latin-1, which loses no byte, and decoded by
    /// <see cref="EntryNames"/>.
    /// </summary>
    private static ZipArchive Open(Stream file)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.Latin1);
            return archive.Entries.Count <= ParseLimits.Members * 2
                ? archive
                : throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture, $"The archive lists {archive.Entries.Count:N0} entries. Split it into smaller ones."));
        }
        catch (InvalidDataException exception)
        {
            throw new ParseRefusedException("The file is damaged: its archive has no readable directory, as when a download was cut off. Get it again and upload that.", exception);
        }
    }

    /// <summary>Checks the declared sizes; a file that unpacks to more than it declares is cut off later.</summary>
    private static void RequireSane(List<ZipArchiveEntry> files, long archiveBytes)
    {
        if (files.Count > 0 && files.TrueForAll(entry => entry.IsEncrypted))
            throw new ParseRefusedException("The archive is protected by a password. Unpack it and upload its files, or pack it again without one.");
        var unpacked = files.Sum(entry => (double)entry.Length);
        if (unpacked > ParseLimits.HarmlessBytes && unpacked > archiveBytes * (double)ParseLimits.Ratio)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"It unpacks to {unpacked / archiveBytes:N0} times its size; {ParseLimits.Ratio:N0} times is the most. If that is right, upload the files unpacked."));
        if (files.Sum(entry => (double)entry.CompressedLength) > archiveBytes)
            throw new ParseLimitException("Its entries share the same bytes, as in a file made to unpack without end. If that is wrong, pack it again.");
    }

    private static void Add(ZipArchiveEntry entry, string name, BlockWriter output)
    {
        if (entry.IsEncrypted)
            output.Warn($"'{name}' was left out: it is protected by a password.");
        else if (SystemFiles.Is(name))
            output.LeaveOutMember("files of the operating system");
        else
            output.Member(name, entry.Length, entry.Open);
    }

    private static bool IsFolder(string name) => name.EndsWith('/') || name.EndsWith('\\');
}
