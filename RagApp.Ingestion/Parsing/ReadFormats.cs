namespace RagApp.Ingestion.Parsing;

/// <summary>What to tell people whose file is of another kind.</summary>
internal static class ReadFormats
{
    public const string Sentence =
        "PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, RTF, HTML, Markdown, reStructuredText, CSV, JSON, XML, plain text, mail (.eml, .mbox, .msg) and ZIP archives of them are read.";

    /// <summary>Why a file that was recognised is not read.</summary>
    public static string Refuse(string contentType) => contentType switch
    {
        MediaTypes.Doc => "This is a Word document of the old kind (.doc). Save it as .docx or PDF and upload that.",
        MediaTypes.Xls => "This is an Excel workbook of the old kind (.xls). Save it as .xlsx and upload that.",
        MediaTypes.Ppt => "This is a PowerPoint presentation of the old kind (.ppt). Save it as .pptx or PDF and upload that.",
        _ => $"This is of the type {contentType}. {Sentence}",
    };
}
