using System.Collections.Frozen;

namespace RagApp.Ingestion.Parsing;

/// <summary>Short names of the formats, for settings and the command line.</summary>
internal static class FormatNames
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [MediaTypes.Pdf] = "pdf",
        [MediaTypes.Rtf] = "rtf",
        [MediaTypes.Docx] = "docx",
        [MediaTypes.Pptx] = "pptx",
        [MediaTypes.Xlsx] = "xlsx",
        [MediaTypes.WordXml] = "wordxml",
        [MediaTypes.Odt] = "odt",
        [MediaTypes.Ods] = "ods",
        [MediaTypes.Odp] = "odp",
        [MediaTypes.Epub] = "epub",
        [MediaTypes.Html] = "html",
        [MediaTypes.Xml] = "xml",
        [MediaTypes.Json] = "json",
        [MediaTypes.Csv] = "csv",
        [MediaTypes.Markdown] = "md",
        [MediaTypes.Rst] = "rst",
        [MediaTypes.PlainText] = "txt",
        [MediaTypes.Mail] = "eml",
        [MediaTypes.Mbox] = "mbox",
        [MediaTypes.Msg] = "msg",
        [MediaTypes.Zip] = "zip",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Names.Values.Order(StringComparer.Ordinal);

    public static string? Of(string contentType) => Names.GetValueOrDefault(contentType);
}
