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

    /// <summary>A page has too many unknown characters when one in so many is.</summary>
    private const int LeastLost = 200;

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
        var (pages, form, attachments) = (new PageSequence(), PdfForm.Of(pdf), new PdfAttachments(pdf, filters, output));
        for (var number = 1; number <= pdf.NumberOfPages; number++)
        {
            (filters.Refused, fonts.FontMissing) = (false, false);
            ReadPage(pdf, number, pages, form, gaps, attachments);
            if (filters.Refused)
                gaps.Add(number, PdfGap.TooLarge);
            else if (fonts.FontMissing)
                gaps.Add(number, PdfGap.Damaged);
        }
        pages.End();
        Finish(pdf.NumberOfPages, pages, gaps, file, output);
        foreach (var line in pages.RunningTexts.Concat(form.Others))
            output.Paragraph(line, pdf.NumberOfPages);
        attachments.OfDocument();
        if (output.Blocks.Count == 0 && output.Warnings.Count == 0 && output.Members.Count == 0)
            output.Warn("Its pages are blank: there is nothing on them that can be read.");
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

    private static void ReadPage(PdfDocument pdf, int number, PageSequence pages, PdfForm form, PdfGaps gaps, PdfAttachments attachments)
    {
        try
        {
            var page = pdf.GetPage(number);
            attachments.OfPage(page);
            pages.Add(new PdfPage(page, form.On(page)) { Notes = PdfNotes.Of(page) });
            if (page.Letters.Count(IsUnknown) * LeastLost > page.Letters.Count)
                gaps.Add(number, PdfGap.NoCharacters);
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

    /// <summary>True for a character without a Unicode value.</summary>
    private static bool IsUnknown(Letter letter) => string.IsNullOrEmpty(letter.Value) || letter.Value[0] is '\0' or '\uFFFD';

    /// <summary>True for a page with images or drawings; a blank page has no text to lose.</summary>
    private static bool HoldsSomething(Page page) => page.NumberOfImages > 0 || page.Paths.Count > 0;

    private static void Finish(int count, PageSequence pages, PdfGaps gaps, Stream file, BlockWriter output)
    {
        var filled = gaps.Fill((file as FileStream)?.Name).ToLookup(block => block.Page);
        // Text that another program read from a page replaces the text read here.
        var all = pages.Blocks.Where(block => !filled.Contains(block.Page)).Concat(filled.SelectMany(page => page)).OrderBy(block => block.Page).ToList();
        if (count > 0 && gaps.Lost == count && all.Count == 0)
            throw gaps.AnyTooLarge
                ? new ParseLimitException("Its pages unpack to more than a document may. Print it to a new PDF, or split it into smaller files.")
                : new ParseRefusedException($"The PDF is damaged: none of its pages could be read. {PrintAgain}");
        if (count == 0)
            throw new ParseRefusedException($"The PDF is damaged: it has no pages. {PrintAgain}");
        new PdfText(all, output).Write();
        gaps.Warn();
    }
}
