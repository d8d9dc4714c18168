using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Epub;

/// <summary>
/// The package file, which lists the parts of a book:
/// <code>
/// META-INF/container.xml   rootfile full-path="OEBPS/content.opf"
/// content.opf              metadata: dc:title, dc:creator
///                          manifest: item id="c1" href="chapter1.xhtml"
///                          spine:    itemref idref="c1"
/// </code>
/// </summary>
internal sealed class EpubPackage
{
    private readonly Dictionary<string, string> _items = new(StringComparer.Ordinal);
    private readonly List<string> _chapters = [];

    /// <summary>Names of the parts with text, in reading order.</summary>
    public IReadOnlyList<string> Chapters => _chapters;

    public static EpubPackage Read(OfficeArchive archive, BlockWriter output)
    {
        var part = RootFile(archive);
        using var stream = archive.Open(part)
            ?? throw new ParseRefusedException("The book is damaged: the list of its chapters is missing. Get it again and upload that.");
        using var reader = SafeXml.OpenIgnoringDocumentType(stream);
        var book = new EpubPackage();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
                book.ReadElement(reader, part, output);
        }
        return book;
    }

    private static string RootFile(OfficeArchive archive)
    {
        using var reader = archive.OpenXml("META-INF/container.xml");
        while (reader?.Read() is true)
        {
            if (reader.LocalName == "rootfile" && reader.GetAttribute("full-path") is { } path)
                return ArchivePath.Normal(path);
        }
        return "";
    }

    private void ReadElement(XmlReader reader, string part, BlockWriter output)
    {
        switch (reader.LocalName)
        {
            case "title" when output.Properties.Title is null:
                output.SetTitle(reader.TakeText());
                break;
            case "creator" when output.Properties.Author is null:
                output.SetAuthor(reader.TakeText());
                break;
            case "date" when output.Properties.Created is null:
                output.SetDates(OfficeProperties.Date(reader.TakeText()), modified: null);
                break;
            case "item" when reader.GetAttribute("id") is { } id && reader.GetAttribute("href") is { } href:
                _items.TryAdd(id, ArchivePath.Resolve(part, Uri.UnescapeDataString(href)));
                break;
            case "itemref" when reader.GetAttribute("idref") is { } reference && _items.TryGetValue(reference, out var chapter) && _chapters.Count < ParseLimits.Pages:
                _chapters.Add(chapter);
                break;
        }
    }
}
