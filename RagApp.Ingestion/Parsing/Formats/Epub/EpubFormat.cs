using RagApp.Ingestion.Parsing.Formats.Archives;
using RagApp.Ingestion.Parsing.Formats.Html;

namespace RagApp.Ingestion.Parsing.Formats.Epub;

/// <summary>Books: the chapters in reading order, each a web page. A chapter that is missing or damaged costs that chapter.</summary>
internal sealed class EpubFormat : IDocumentFormat
{
    private const string Encryption = "META-INF/encryption.xml";

    public string ContentType => MediaTypes.Epub;

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

    /// <summary>Fonts may be listed too: they are no chapters.</summary>
    private static HashSet<string> EncryptedParts(OfficeArchive archive)
    {
        var parts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var reader = archive.OpenXml(Encryption);
        while (reader?.Read() is true)
        {
            if (reader.LocalName == "CipherReference" && reader.GetAttribute("URI") is { } uri)
                parts.Add(PartName.Normal(Uri.UnescapeDataString(uri)));
        }
        return parts;
    }
}
