namespace RagApp.Ingestion.Parsing;

/// <summary>The formats that are told apart. Which of them are read is what <see cref="FileReader"/> has a format for.</summary>
internal static class MediaTypes
{
    public const string Pdf = "application/pdf";
    public const string Rtf = "application/rtf";

    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>A Word document as one XML file: of 2003, or the parts of a .docx one after the other.</summary>
    public const string WordXml = "application/vnd.ms-wordml";

    public const string Odt = "application/vnd.oasis.opendocument.text";
    public const string Ods = "application/vnd.oasis.opendocument.spreadsheet";
    public const string Odp = "application/vnd.oasis.opendocument.presentation";
    public const string Epub = "application/epub+zip";

    public const string Html = "text/html";
    public const string Xml = "application/xml";
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string Markdown = "text/markdown";
    public const string Rst = "text/x-rst";
    public const string PlainText = "text/plain";

    public const string Mail = "message/rfc822";
    public const string Mbox = "application/mbox";
    public const string Msg = "application/vnd.ms-outlook";
    public const string Zip = "application/zip";

    public const string Doc = "application/msword";
    public const string Xls = "application/vnd.ms-excel";
    public const string Ppt = "application/vnd.ms-powerpoint";
}
