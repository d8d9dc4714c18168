using RagApp.Parsing.Formats.Pdf.Regions;
using RagApp.Parsing.Ocr;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// The pages that gave no text. Other programs read them where installed; a warning names the remaining ones, so that no page
/// is lost silently.
/// </summary>
/// <param name="reader">Reads pages with other programs; null when none may be started.</param>
internal sealed class PdfGaps(PageReader? reader, BlockWriter output)
{
    private readonly SortedDictionary<int, PdfGap> _gaps = [];
    private readonly List<int> _filled = [];
    private readonly List<int> _noRoom = [];

    /// <summary>Number of pages that could not be read at all.</summary>
    public int Lost => _gaps.Values.Count(gap => gap is PdfGap.Damaged or PdfGap.TooLarge);

    public bool AnyTooLarge => _gaps.ContainsValue(PdfGap.TooLarge);

    public void Add(int page, PdfGap gap) => _gaps[page] = gap;

    /// <summary>Reads the pages with other programs, and returns their text as blocks.</summary>
    /// <param name="path">Path of the file, for other programs to open; null when it is not a file.</param>
    public IEnumerable<PdfBlock> Fill(string? path)
    {
        foreach (var (page, gap) in _gaps.ToList())
        {
            if (path is null || Read(path, page, gap) is not { } text || string.IsNullOrWhiteSpace(text))
                continue;
            _filled.Add(page);
            _gaps.Remove(page);
            foreach (var paragraph in text.Split(["\n\n", "\f"], StringSplitOptions.RemoveEmptyEntries))
                yield return new PdfBlock([paragraph], Size: 0, IsBold: false) { Page = page };
        }
    }

    public void Warn()
    {
        Warn("Damaged, or in a font that is, and not read in full: ", Pages(PdfGap.Damaged));
        Warn("Left out, because it unpacks to more than a page may: ", Pages(PdfGap.TooLarge));
        Warn("Some characters cannot be read, since their font does not say which they are: ", Pages(PdfGap.NoCharacters));
        Warn("Pictures without text, more of them than are read in one document: ", _noRoom);
        List<int> pictures = [.. Pages(PdfGap.Picture).Except(_noRoom)];
        if (reader is not null && PageReader.CanReadPictures)
            Warn("No text was found in the pictures of ", pictures);
        else
            Warn("Pictures without text, which are read where Tesseract and poppler-utils are installed beside the service: ", pictures);
    }

    private void Warn(string what, List<int> pages)
    {
        if (pages.Count > 0)
            output.Warn($"{what}{PageList.Name(pages)}.");
    }

    private List<int> Pages(PdfGap gap) => [.. _gaps.Where(pair => pair.Value == gap).Select(pair => pair.Key)];

    /// <summary>The text of the page; null when it cannot be read.</summary>
    private string? Read(string path, int page, PdfGap gap)
    {
        try
        {
            return gap switch
            {
                PdfGap.Damaged when reader is not null && PageReader.CanReadText => reader.Text(path, page),
                PdfGap.Picture when reader is not null && PageReader.CanReadPictures => ReadPicture(path, page, reader),
                PdfGap.NoCharacters when reader is { HasRoom: true } && PageReader.CanReadPictures => reader.Picture(path, page),
                _ => null,
            };
        }
        catch (PageToolException exception)
        {
            if (exception.RanOut && gap == PdfGap.Damaged)
                _gaps[page] = PdfGap.TooLarge;
            return null;
        }
    }

    private string? ReadPicture(string path, int page, PageReader pages)
    {
        if (pages.HasRoom)
            return pages.Picture(path, page);
        _noRoom.Add(page);
        return null;
    }
}
