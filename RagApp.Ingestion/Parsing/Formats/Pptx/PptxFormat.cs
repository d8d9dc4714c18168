using System.Globalization;
using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Pptx;

/// <summary>
/// PowerPoint: slides in the order they are shown, the slide's number as the page. Hidden slides are left out. A
/// damaged slide costs that slide. Films and pictures are never opened, however large.
/// </summary>
internal sealed class PptxFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Pptx;

    public void Read(Stream file, BlockWriter output)
    {
        using var archive = OfficeArchive.Open(file);
        OfficeProperties.Read(archive, output);
        var slides = PptxDeck.Slides(archive, archive.MainPart());
        if (slides.Count > ParseLimits.Pages)
            throw new ParseLimitException($"It says it has {slides.Count:N0} slides; one document may have {ParseLimits.Pages:N0}. Split it into smaller files.");

        var footers = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; number <= slides.Count; number++)
            ReadSlide(archive, slides[number - 1], number, footers, output);
    }

    private static void ReadSlide(OfficeArchive archive, string part, int number, HashSet<string> footers, BlockWriter output)
    {
        try
        {
            using var reader = archive.OpenXml(part);
            if (reader is null)
                output.Warn(string.Create(CultureInfo.InvariantCulture, $"Slide {number} is missing."));
            else if (reader.GetAttribute("show") is not ("0" or "false"))
                new PptxSlide(archive, part, number, footers, output).Read(reader);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            output.Warn(string.Create(CultureInfo.InvariantCulture, $"Slide {number} is damaged and was not read to its end."));
        }
    }
}
