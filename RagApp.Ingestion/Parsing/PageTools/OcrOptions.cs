using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Parsing.PageTools;

/// <summary>How scanned pages are read, section <c>Parser:Ocr</c>. Takes Tesseract and poppler-utils on the PATH.</summary>
public sealed class OcrOptions
{
    /// <summary>Whether pages that are pictures are read where the tools are installed; true by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Tesseract's languages, joined by <c>+</c> as it wants them; <c>eng</c> by default.</summary>
    [RegularExpression("^[A-Za-z_]{2,32}(\\+[A-Za-z_]{2,32}){0,15}$", ErrorMessage = "Parser:Ocr:Languages is a list such as 'eng' or 'eng+deu' (tesseract --list-langs).")]
    public string Languages { get; set; } = "eng";

    /// <summary>Most pages of one document that are read so, 1 to 10,000; 100 by default. The time for the document ends it earlier.</summary>
    [Range(1, 10_000, ErrorMessage = "Parser:Ocr:MaxPages lies between 1 and 10000.")]
    public int MaxPages { get; set; } = 100;
}
