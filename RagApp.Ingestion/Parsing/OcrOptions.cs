using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Parsing;

/// <summary>Text recognition (OCR) of scanned pages, section <c>Parser:Ocr</c>. Needs Tesseract and poppler-utils on the PATH.</summary>
public sealed class OcrOptions
{
    /// <summary>True when scanned pages are read, provided that the tools are installed; true by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Languages of Tesseract, joined by <c>+</c>; <c>eng</c> by default.</summary>
    [RegularExpression("^[A-Za-z_]{2,32}(\\+[A-Za-z_]{2,32}){0,15}$", ErrorMessage = "Parser:Ocr:Languages is a list such as 'eng' or 'eng+deu' (tesseract --list-langs).")]
    public string Languages { get; set; } = "eng";

    /// <summary>
    /// Largest number of pages recognized in one document, 1 to 10,000; 100 by default. The time limit of the document
    /// may end recognition earlier.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Parser:Ocr:MaxPages lies between 1 and 10000.")]
    public int MaxPages { get; set; } = 100;
}
