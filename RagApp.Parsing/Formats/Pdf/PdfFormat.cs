using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Exceptions;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>PDF. A damaged page is skipped and named in a warning.</summary>
internal sealed class PdfFormat : IDocumentFormat
{
    public const string MediaType = "application/pdf";

    /// <summary>Largest position of the PDF mark in bytes; some programs write a few lines before it.</summary>
    private const int LatestMark = 1024;

    private const string PrintAgain = "Print it to a new PDF and upload that.";

    public string Name => "pdf";

    public string Title => "PDF";

    public string ContentType => MediaType;

    public string DocumentType => "pdf";

    public IReadOnlyList<string> Extensions { get; } = [".pdf"];

    public bool Recognizes(FileSample sample) => sample.Head.AsSpan(0, Math.Min(sample.Head.Length, LatestMark)).IndexOf("%PDF-"u8) >= 0;

    public void Read(Stream file, BlockWriter output)
    {
        var filters = new BoundedFilters();
        var fonts = new FontLog();
        using var pdf = Open(file, filters, fonts);
        if (pdf.NumberOfPages > ParseLimits.Pages)
            throw new ParseLimitException($"It says it has {pdf.NumberOfPages:N0} pages; one document may have {ParseLimits.Pages:N0}. Split it into smaller files.");
        PdfProperties.Write(pdf, output);

        var gaps = new PdfGaps(output.Pages, output);
        var blocks = new List<PdfBlock>();
        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            (filters.Refused, fonts.FontMissing) = (false, false);
            ReadPage(pdf, number, blocks, gaps);
            if (filters.Refused)
                gaps.Add(number, PdfGap.TooLarge);
            else if (fonts.FontMissing)
                gaps.Add(number, PdfGap.Damaged);
        }
        Finish(pdf.NumberOfPages, blocks, gaps, file, output);
    }

    private static PdfDocument Open(Stream file, BoundedFilters filters, FontLog fonts)
    {
        try
        {
            return PdfDocument.Open(file, new ParsingOptions
            {
                UseLenientParsing = true, SkipMissingFonts = true, FilterProvider = filters, Logger = fonts,
            });
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new ParseRefusedException("The PDF is protected by a password. Remove the password and upload it again.", exception);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or ParseLimitException))
        {
            throw new ParseRefusedException($"The PDF is damaged and could not be opened. {PrintAgain}", exception);
        }
    }

    private static void ReadPage(PdfDocument pdf, int number, List<PdfBlock> blocks, PdfGaps gaps)
    {
        try
        {
            var page = pdf.GetPage(number);
            blocks.AddRange(PdfPageLayout.Read(page));
            if (page.Letters.Count == 0 && HoldsSomething(page))
                gaps.Add(number, PdfGap.Picture);
        }
        catch (ParseLimitException)
        {
            gaps.Add(number, PdfGap.TooLarge);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            gaps.Add(number, PdfGap.Damaged);
        }
    }

    /// <summary>True for a page with images or drawings; a blank page has no text to lose.</summary>
    private static bool HoldsSomething(Page page) => page.NumberOfImages > 0 || page.Paths.Count > 0;

    private static void Finish(int pages, List<PdfBlock> blocks, PdfGaps gaps, Stream file, BlockWriter output)
    {
        var filled = gaps.Fill((file as FileStream)?.Name).ToLookup(block => block.Page);
        // Text that another program read from a page replaces the text read here.
        var all = blocks.Where(block => !filled.Contains(block.Page)).Concat(filled.SelectMany(page => page)).OrderBy(block => block.Page).ToList();
        if (pages > 0 && gaps.Lost == pages && all.Count == 0)
            throw gaps.AnyTooLarge
                ? new ParseLimitException("Its pages unpack to more than a document may. Print it to a new PDF, or split it into smaller files.")
                : new ParseRefusedException($"The PDF is damaged: none of its pages could be read. {PrintAgain}");
        if (pages == 0)
            throw new ParseRefusedException($"The PDF is damaged: it has no pages. {PrintAgain}");
        PdfHeadings.Write(all, output);
        gaps.Warn();
        if (output.Blocks.Count == 0 && output.Warnings.Count == 0)
            output.Warn("Its pages are blank: there is nothing on them that can be read.");
    }
}
