namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>The old Office formats, and what LibreOffice makes of each.</summary>
internal sealed record LegacyKind(string Ending, string NewEnding)
{
    /// <summary>Null when it is none of them.</summary>
    public static LegacyKind? Of(string contentType) => contentType switch
    {
        MediaTypes.Doc => new LegacyKind("doc", "docx"),
        MediaTypes.Xls => new LegacyKind("xls", "xlsx"),
        MediaTypes.Ppt => new LegacyKind("ppt", "pptx"),
        _ => null,
    };
}
