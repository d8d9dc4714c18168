using System.IO.Compression;
using System.Text;

namespace RagApp.Ingestion.Parsing.Formats.Zip;

/// <summary>
/// Names of entries in whatever encoding the packing program used. Few mark them as UTF-8; the others are looked
/// at all together, since one name is too short to tell, and are in the encoding of ZIP itself when nothing can be told.
/// </summary>
internal sealed class EntryNames
{
    private const int Ibm437 = 437;

    /// <summary>Statistics want some text; a few names are said again and again.</summary>
    private const int EnoughToTell = 1_000;

    private readonly string[] _names;

    /// <param name="asBytes">The archive opened with Latin-1 for names without a mark, which loses no byte.</param>
    public EntryNames(Stream file, ZipArchive asBytes)
    {
        _names = [.. asBytes.Entries.Select(entry => entry.FullName)];
        if (_names.All(name => Ascii.IsValid(name)))
            return;
        var unmarked = FindUnmarked(file);
        var bytes = unmarked.SelectMany(at => Encoding.Latin1.GetBytes($"{_names[at]}\n")).ToArray();
        var sample = Enumerable.Repeat(bytes, (EnoughToTell / (bytes.Length + 1)) + 1).SelectMany(name => name).ToArray();
        var encoding = TextDecoder.FindEncoding(sample) ?? TextDecoder.ByCodePage(Ibm437)!;
        foreach (var at in unmarked)
            _names[at] = encoding.GetString(Encoding.Latin1.GetBytes(_names[at]));
    }

    public string this[int entry] => _names[entry];

    /// <summary>A name with a mark is the same whichever encoding the archive is opened with; one without differs as soon as it has a letter beyond ASCII.</summary>
    private List<int> FindUnmarked(Stream file)
    {
        using var asUtf8 = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        return [.. Enumerable.Range(0, _names.Length).Where(at => !string.Equals(_names[at], asUtf8.Entries[at].FullName, StringComparison.Ordinal))];
    }
}
