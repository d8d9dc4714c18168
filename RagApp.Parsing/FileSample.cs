using System.Text.RegularExpressions;
using RagApp.Parsing.Detection;
using RagApp.Parsing.Formats.CompoundFiles;

namespace RagApp.Parsing;

/// <summary>
/// The parts of a file by which formats recognize it: first bytes, extension, content of a container. Each is read
/// once, when the first format asks for it.
/// </summary>
internal sealed partial class FileSample : IDisposable
{
    private const int HeadBytes = 16 * 1024;

    private readonly Lazy<ArchiveSample?> _archive;
    private readonly Lazy<CompoundEntry?> _compound;
    private readonly Lazy<string?> _text;
    private readonly Lazy<string?> _xmlRoot;

    public FileSample(Stream file, string name)
    {
        Head = ReadHead(file);
        Extension = Path.GetExtension(name).ToLowerInvariant();
        _archive = new(() => Head is [(byte)'P', (byte)'K', < 9, < 9, ..] ? new ArchiveSample(file) : null);
        _compound = new(() => Head is [0xD0, 0xCF, 0x11, 0xE0, ..] ? new CompoundFile(file).Root : null);
        _text = new(() => Archive is not null || Compound is not null || RefusedKinds.Find(Head) is not null ? null : TextOf(Head));
        _xmlRoot = new(() => Text is { } text && text.AsSpan().TrimStart().StartsWith("<?xml", StringComparison.Ordinal) ? Root().Match(text).Groups["name"].Value : null);
    }

    /// <summary>The first 16 KB.</summary>
    public byte[] Head { get; }

    /// <summary>The extension of the name, in lower case with the dot; empty when there is none.</summary>
    public string Extension { get; }

    /// <summary>The content of a ZIP archive; null when the file is not one.</summary>
    public ArchiveSample? Archive => _archive.Value;

    /// <summary>The root of a compound file, as Outlook and old Office write it; null when the file is not one.</summary>
    public CompoundEntry? Compound => _compound.Value;

    /// <summary>The first 16 KB as text; null when they are not text.</summary>
    public string? Text => _text.Value;

    /// <summary>
    /// Name of the first element, without its prefix, in a file that begins with an XML declaration; empty when there
    /// is no element; null for other files.
    /// </summary>
    public string? XmlRoot => _xmlRoot.Value;

    public void Dispose()
    {
        if (_archive.IsValueCreated)
            Archive?.Dispose();
    }

    private static byte[] ReadHead(Stream file)
    {
        file.Position = 0;
        var head = new byte[HeadBytes];
        var read = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        file.Position = 0;
        return head[..read];
    }

    /// <summary>The first bytes as text; null when more than one character in ten does not occur in text.</summary>
    private static string? TextOf(byte[] head)
    {
        var text = TextDecoder.Decode(head);
        var strange = text.Count(c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\e')));
        return strange * 10 > text.Length ? null : text;
    }

    /// <summary>Matches the first element after declarations, comments and a document type.</summary>
    [GeneratedRegex(@"^\s*(<[?!](--.*?--|[^>\[]*\[[^\]]*\]\s*|[^>]*)>\s*)*<([\w.-]+:)?(?<name>[\w.-]+)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Root();
}
