using System.Text;
using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>
/// Tells the document formats that are ZIP archives by what they say inside: OpenDocument and EPUB by their
/// <c>mimetype</c> entry, Office by the root element of the main part, since names of parts and endings vary.
/// </summary>
internal static class ArchiveKind
{
    private const int LongestMediaType = 100;

    public static string Detect(Stream file)
    {
        using var archive = OfficeArchive.Open(file);
        return ByMediaType(archive)
            ?? ByMainPart(archive)
            ?? (archive.Has("META-INF/container.xml") ? MediaTypes.Epub : null)
            ?? (archive.Has("META-INF/manifest.xml") ? ByOpenDocumentBody(archive) : null)
            ?? MediaTypes.Zip;
    }

    private static string? ByMediaType(OfficeArchive archive)
    {
        using var entry = archive.Open("mimetype");
        if (entry is null)
            return null;
        var bytes = new byte[LongestMediaType];
        var read = entry.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(bytes, 0, read).Trim() is var type && type == MediaTypes.Epub ? type : OpenDocument(type);
    }

    /// <summary>Templates and drawings read like what they are made from.</summary>
    public static string? OpenDocument(string type) => type switch
    {
        _ when type.StartsWith(MediaTypes.Odt, StringComparison.Ordinal) => MediaTypes.Odt,
        _ when type.StartsWith(MediaTypes.Ods, StringComparison.Ordinal) => MediaTypes.Ods,
        _ when type.StartsWith(MediaTypes.Odp, StringComparison.Ordinal) => MediaTypes.Odp,
        _ when type.StartsWith("application/vnd.oasis.opendocument.graphics", StringComparison.Ordinal) => MediaTypes.Odp,
        _ => null,
    };

    private static string? ByMainPart(OfficeArchive archive)
    {
        var main = archive.MainPart();
        if (main.Length == 0)
            return null;
        if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
            throw new ParseRefusedException("This is a binary Excel workbook (.xlsb). Save it as .xlsx and upload that.");
        return Root(archive, main) switch
        {
            "document" => MediaTypes.Docx,
            "presentation" => MediaTypes.Pptx,
            "workbook" => MediaTypes.Xlsx,
            "VisioDocument" => throw new ParseRefusedException("This is a Visio drawing. Save it as PDF and upload that."),
            null => ByFolder(main),
            _ => null,
        };
    }

    /// <summary>For a main part that is damaged: its format says what is wrong with it.</summary>
    private static string? ByFolder(string main) => main.Split('/')[0].ToUpperInvariant() switch
    {
        "WORD" => MediaTypes.Docx,
        "PPT" => MediaTypes.Pptx,
        "XL" => MediaTypes.Xlsx,
        _ => null,
    };

    private static string? ByOpenDocumentBody(OfficeArchive archive)
    {
        using var reader = archive.OpenXml("content.xml");
        while (reader?.Read() is true)
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "body" })
                continue;
            while (reader.Read() && reader.NodeType != XmlNodeType.Element)
            {
                // white space before the only child
            }
            return OpenDocument("application/vnd.oasis.opendocument." + reader.LocalName);
        }
        return null;
    }

    private static string? Root(OfficeArchive archive, string part)
    {
        try
        {
            using var reader = archive.OpenXml(part);
            return reader?.LocalName;
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            return null;
        }
    }
}
