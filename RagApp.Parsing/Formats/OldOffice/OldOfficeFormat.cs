namespace RagApp.Parsing.Formats.OldOffice;

/// <summary>
/// Word, Excel and PowerPoint files from before 2007. They are recognized but not read here: the service converts them
/// with another program, or shows people the refusal.
/// </summary>
/// <param name="streams">Stream names; a file of this format has one of them in its root.</param>
internal sealed class OldOfficeFormat(
    string name, string newName, string title, string contentType, string documentType, string[] streams, string refusal) : IDocumentFormat
{
    public const string WordType = "application/msword";
    public const string ExcelType = "application/vnd.ms-excel";
    public const string PowerPointType = "application/vnd.ms-powerpoint";

    public static OldOfficeFormat Word { get; } = new("doc", "docx", "Word", WordType, "word", ["WordDocument"],
        "This is a Word document of the old kind (.doc). Save it as .docx or PDF and upload that.");

    public static OldOfficeFormat Excel { get; } = new("xls", "xlsx", "Excel", ExcelType, "excel", ["Workbook", "Book"],
        "This is an Excel workbook of the old kind (.xls). Save it as .xlsx and upload that.");

    public static OldOfficeFormat PowerPoint { get; } = new("ppt", "pptx", "PowerPoint", PowerPointType, "powerpoint", ["PowerPoint Document"],
        "This is a PowerPoint presentation of the old kind (.ppt). Save it as .pptx or PDF and upload that.");

    public string Name => name;

    /// <summary>Short name of the format to which the files are converted.</summary>
    public string NewName => newName;

    public string Title => title;

    public string ContentType => contentType;

    public string DocumentType => documentType;

    public IReadOnlyList<string> Extensions { get; } = [$".{name}"];

    public bool Recognizes(FileSample sample) =>
        sample.Compound is { } root && root.Find("EncryptedPackage") is null && Array.Exists(streams, stream => root.Find(stream) is not null);

    public void Read(Stream file, BlockWriter output) => throw new ParseRefusedException(refusal);
}
