using System.IO.Compression;
using System.Text;

namespace RagApp.Parsing.Formats.Zip;

/// <summary>
/// Decodes the names of entries. Few are marked as UTF-8. The encoding of the others is detected from all of them
/// together, since a single name is too short; when it cannot be detected, it is that of ZIP itself (IBM 437).
/// </summary>
internal sealed class EntryNames
{
    private const int Ibm437 = 437;

    /// <summary>Number of bytes needed for detection; fewer names are repeated until they have as many.</summary>
    private const int EnoughToTell = 1_000;

    private readonly string[] _names;

    /// <param name="asBytes">The archive, opened with Latin-1 for unmarked names, which loses no byte.</param>
    public EntryNames(Stream file, ZipArchive asBytes)
    {
        _names = [.. asBytes.Entries.Select(entry => entry.FullName)];
        if (_names.All(name => Ascii.IsValid(name)))
            return;
        var unmarked = FindUnmarked(file);
        var bytes = unmarked.SelectMany(at => Encoding.Latin1.GetBytes($"{_names[at]}\n")).ToArray();
        var sample = Enumerable.Repeat(bytes, (EnoughToTell / (bytes.Length + 1)) + 1).SelectMany(name => name).ToArray();
        var encoding = ShiftJisNames.EncodingOf(bytes) ?? TextDecoder.FindEncoding(sample) ?? TextDecoder.ByCodePage(Ibm437)!;
        foreach (var at in unmarked)
            _names[at] = encoding.GetString(Encoding.Latin1.GetBytes(_names[at]));
    }

    public string this[int entry] => _names[entry];

    /// <summary>
    /// Finds the names that are not marked as UTF-8 and have non-ASCII letters: they differ between two encodings, while a
    /// marked name does not.
    /// </summary>
    private List<int> FindUnmarked(Stream file)
    {
        using var asUtf8 = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        return [.. Enumerable.Range(0, _names.Length).Where(at => !string.Equals(_names[at], asUtf8.Entries[at].FullName, StringComparison.Ordinal))];
    }
}
