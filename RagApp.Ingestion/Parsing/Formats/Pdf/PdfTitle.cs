using UglyToad.PdfPig;

namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>The title in a PDF's properties, unless it is what a program put there by itself.</summary>
internal static class PdfTitle
{
    public static string? Of(PdfDocument pdf)
    {
        var title = CleanText.OneLine(pdf.Information.Title);
        var byProgram = title.Length < 3
            || title.StartsWith("Microsoft Word", StringComparison.OrdinalIgnoreCase)
            || title.StartsWith("untitled", StringComparison.OrdinalIgnoreCase)
            || Path.GetExtension(title) is { Length: 4 or 5 };
        return byProgram ? null : title;
    }
}
