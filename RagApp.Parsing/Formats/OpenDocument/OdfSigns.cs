using System.Text.RegularExpressions;
using System.Xml;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>Finds the OpenDocument format of a file. Templates and drawings are read like the documents they are made for.</summary>
internal static partial class OdfSigns
{
    private const string Prefix = "application/vnd.oasis.opendocument.";

    /// <summary>The media type; null when the file is not OpenDocument.</summary>
    public static string? TypeOf(FileSample sample) => sample.Archive is { } archive
        ? ByMediaType(archive.MediaType) ?? (archive.Has("META-INF/manifest.xml") ? ByBody(archive) : null)
        : sample.XmlRoot is "document" && FlatType().Match(sample.Text!) is { Success: true } type ? ByMediaType(type.Groups[1].Value) : null;

    private static string? ByMediaType(string type) => type switch
    {
        _ when type.StartsWith(OpenDocumentFormat.TextType, StringComparison.Ordinal) => OpenDocumentFormat.TextType,
        _ when type.StartsWith(OpenDocumentFormat.SpreadsheetType, StringComparison.Ordinal) => OpenDocumentFormat.SpreadsheetType,
        _ when type.StartsWith(OpenDocumentFormat.PresentationType, StringComparison.Ordinal) => OpenDocumentFormat.PresentationType,
        _ when type.StartsWith(Prefix + "graphics", StringComparison.Ordinal) => OpenDocumentFormat.PresentationType,
        _ => null,
    };

    private static string? ByBody(ArchiveSample archive)
    {
        using var reader = archive.OpenXml(OdfParts.Content);
        while (reader?.Read() is true)
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "body" })
                continue;
            while (reader.Read() && reader.NodeType != XmlNodeType.Element)
            {
                // white space before the only child
            }
            return ByMediaType(Prefix + reader.LocalName);
        }
        return null;
    }

    [GeneratedRegex(@"office:mimetype=""([^""]+)""", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex FlatType();
}
