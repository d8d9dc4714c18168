using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace RagApp.Ingestion.Parsing.Formats.Pdf;

/// <summary>PDF. A damaged page costs that page and is named in a warning.</summary>
internal sealed class PdfFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Pdf;

    public void Read(Stream file, BlockWriter output)
    {
        using var pdf = Open(file);
        if (pdf.NumberOfPages > ParseLimits.Pages)
            throw new ParseLimitException($"It says it has {pdf.NumberOfPages:N0} pages; one document may have {ParseLimits.Pages:N0}. Split it into smaller files.");
        output.SetTitle(PdfTitle.Of(pdf));

        var blocks = new List<PdfBlock>();
        var damaged = 0;
        for (var number = 1; number <= pdf.NumberOfPages; number++)
            damaged += ReadPage(pdf, number, blocks, output) ? 0 : 1;
        if (damaged > 0 && damaged == pdf.NumberOfPages)
            throw new ParseRefusedException("The PDF is damaged: none of its pages could be read. Print it to a new PDF and upload that.");
        PdfHeadings.Write(blocks, output);
        WarnOfPictures(blocks, pdf.NumberOfPages, output);
    }

    private static PdfDocument Open(Stream file)
    {
        try
        {
            return PdfDocument.Open(file, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new ParseRefusedException("The PDF is protected by a password. Remove the password and upload it again.", exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ParseRefusedException("The PDF is damaged and could not be opened. Print it to a new PDF and upload that.", exception);
        }
    }

    /// <summary>False when the page is damaged.</summary>
    private static bool ReadPage(PdfDocument pdf, int number, List<PdfBlock> blocks, BlockWriter output)
    {
        try
        {
            blocks.AddRange(PdfPageLayout.Read(pdf.GetPage(number)));
            return true;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or ParseLimitException))
        {
            output.Warn($"Page {number} is damaged and was left out.");
            return false;
        }
    }

    private static void WarnOfPictures(List<PdfBlock> blocks, int pages, BlockWriter output)
    {
        var withText = blocks.Select(block => block.Page).Distinct().Count();
        if (withText < pages)
            output.Warn($"{pages - withText} of {pages} pages hold no text: scans and pictures are not read.");
    }
}
