using RagApp.Parsing.Formats.Archives;
using RagApp.Parsing.Formats.Html;

namespace RagApp.Parsing.Formats.Epub;

/// <summary>E-books: the chapters in reading order, each a web page. A missing or damaged chapter is skipped with a warning.</summary>
internal sealed class EpubFormat : IDocumentFormat
{
    public const string MediaType = "application/epub+zip";

    private const string Encryption = "META-INF/encryption.xml";

    public string Name => "epub";

    public string Title => "EPUB";

    public string ContentType => MediaType;

    public string DocumentType => "book";

    public IReadOnlyList<string> Extensions { get; } = [".epub"];

    public bool Recognizes(FileSample sample) => sample.Archive is { } archive && (archive.MediaType == MediaType || archive.Has("META-INF/container.xml"));

    public void Read(Stream file, BlockWriter output)
    {
        using var archive = OfficeArchive.Open(file);
        var book = EpubPackage.Read(archive, output);
        var encrypted = EncryptedParts(archive);
        if (book.Chapters.Any(encrypted.Contains))
            throw new ParseRefusedException("The book is protected against copying, like a file with a password. Get a copy without protection and upload that.");
        foreach (var chapter in book.Chapters)
            ReadChapter(archive, chapter, output);
    }

    private static void ReadChapter(OfficeArchive archive, string chapter, BlockWriter output)
    {
        try
        {
            using var page = archive.Open(chapter);
            if (page is null)
                output.Warn($"The chapter {chapter} is missing.");
            else
                HtmlFormat.ReadFragment(Xhtml.AsHtml(TextDecoder.DecodeAll(page)), output);
        }
        catch (InvalidDataException)
        {
            output.Warn($"The chapter {chapter} is damaged and was left out.");
        }
    }

    /// <summary>Names of the encrypted parts; fonts may be among them.</summary>
    private static HashSet<string> EncryptedParts(OfficeArchive archive)
    {
        var parts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var reader = archive.OpenXml(Encryption);
        while (reader?.Read() is true)
        {
            if (reader.LocalName == "CipherReference" && reader.GetAttribute("URI") is { } uri)
                parts.Add(ArchivePath.Normal(Uri.UnescapeDataString(uri)));
        }
        return parts;
    }
}
