using System.Globalization;
using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Pptx;

/// <summary>
/// PowerPoint: slides in presentation order, with the slide's number as the page. Hidden slides are left out. A damaged
/// slide is skipped with a warning. Videos and pictures are never opened.
/// </summary>
internal sealed class PptxFormat : IDocumentFormat
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    public string Name => "pptx";

    public string Title => "PowerPoint";

    public string ContentType => MediaType;

    public string DocumentType => "powerpoint";

    public IReadOnlyList<string> Extensions { get; } = [".pptx", ".pptm"];

    public bool Recognizes(FileSample sample) => sample.Archive?.OfficeRoot is "presentation" or "ppt";

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
