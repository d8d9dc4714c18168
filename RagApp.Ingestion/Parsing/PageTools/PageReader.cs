using System.Globalization;
using System.Text;
using RagApp.Ingestion.Parsing.Isolation;

namespace RagApp.Ingestion.Parsing.PageTools;

/// <summary>
/// Reads single pages of a PDF with programs that may be installed: poppler's <c>pdftotext</c> where our own reader
/// fails, and <c>pdftoppm</c> with Tesseract where a page is a picture.
/// </summary>
/// <param name="deadline">Time on the clock for all pages of a document together.</param>
internal sealed class PageReader(string languages, int maxPages, TimeSpan deadline, TimeProvider time)
{
    private const string PdfToText = "pdftotext";
    private const string PdfToImage = "pdftoppm";
    private const string Tesseract = "tesseract";

    /// <summary>Dots per inch: 200 reads print of 8 points well and takes half the time of 300.</summary>
    private const string Resolution = "200";

    /// <summary>All programs that it may start.</summary>
    public static IReadOnlyList<string> Programs { get; } = [PdfToText, PdfToImage, Tesseract];

    private static readonly TimeSpan TextPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PicturePatience = TimeSpan.FromSeconds(40);

    private readonly long _started = time.GetTimestamp();
    private int _pictures;

    public static bool CanReadText { get; } = IsInstalled(PdfToText);

    public static bool CanReadPictures { get; } = IsInstalled(PdfToImage) && IsInstalled(Tesseract);

    /// <summary>False when pages or time for pictures are used up.</summary>
    public bool HasRoom => _pictures < maxPages && Left > TimeSpan.Zero;

    private TimeSpan Left => deadline - time.GetElapsedTime(_started);

    /// <exception cref="PageToolException">It cannot be read so either.</exception>
    public string Text(string file, int page) =>
        Encoding.UTF8.GetString(Run(PdfToText, ["-enc", "UTF-8", .. Page(page), file, "-"], [], TextPatience));

    /// <exception cref="PageToolException">It cannot be read.</exception>
    public string Picture(string file, int page)
    {
        _pictures++;
        var image = Run(PdfToImage, ["-gray", "-r", Resolution, .. Page(page), file], [], PicturePatience);
        return Encoding.UTF8.GetString(Run(Tesseract, ["stdin", "stdout", "-l", languages], image, PicturePatience));
    }

    private byte[] Run(string program, IEnumerable<string> arguments, byte[] input, TimeSpan patience)
    {
        var left = Left;
        return left > TimeSpan.Zero
            ? ToolProcess.Run(program, arguments, input, left < patience ? left : patience)
            : throw new PageToolException(ranOut: true);
    }

    private static bool IsInstalled(string program) => SystemPaths.Find(program) is not null;

    private static string[] Page(int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        return ["-f", number, "-l", number];
    }
}
