using System.Globalization;
using System.Text;
using RagApp.Parsing.Sandbox;

namespace RagApp.Parsing.Ocr;

/// <summary>
/// Reads single pages of a PDF with installed programs: poppler's <c>pdftotext</c> where the built-in reader fails, and
/// <c>pdftoppm</c> with Tesseract for scanned pages.
/// </summary>
/// <param name="deadline">Longest time for all pages of a document together.</param>
internal sealed class PageReader(string languages, int maxPages, TimeSpan deadline, TimeProvider time)
{
    private const string PdfToText = "pdftotext";
    private const string PdfToImage = "pdftoppm";
    private const string Tesseract = "tesseract";

    /// <summary>Resolution in dots per inch: 200 is enough for 8-point print and takes half the time of 300.</summary>
    private const string Resolution = "200";

    /// <summary>The programs that may be started.</summary>
    public static IReadOnlyList<string> Programs { get; } = [PdfToText, PdfToImage, Tesseract];

    private static readonly TimeSpan TextTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PictureTimeout = TimeSpan.FromSeconds(40);

    private readonly long _started = time.GetTimestamp();
    private int _pictures;

    public static bool CanReadText { get; } = IsInstalled(PdfToText);

    public static bool CanReadPictures { get; } = IsInstalled(PdfToImage) && IsInstalled(Tesseract);

    /// <summary>True while neither the number of scanned pages nor the time is used up.</summary>
    public bool HasRoom => _pictures < maxPages && Left > TimeSpan.Zero;

    private TimeSpan Left => deadline - time.GetElapsedTime(_started);

    /// <exception cref="PageToolException"><c>pdftotext</c> cannot read the page either.</exception>
    public string Text(string file, int page) =>
        Encoding.UTF8.GetString(Run(PdfToText, ["-enc", "UTF-8", .. Page(page), file, "-"], [], TextTimeout));

    /// <exception cref="PageToolException">The page cannot be read.</exception>
    public string Picture(string file, int page)
    {
        _pictures++;
        var image = Run(PdfToImage, ["-gray", "-r", Resolution, .. Page(page), file], [], PictureTimeout);
        return Encoding.UTF8.GetString(Run(Tesseract, ["stdin", "stdout", "-l", languages], image, PictureTimeout));
    }

    private byte[] Run(string program, IEnumerable<string> arguments, byte[] input, TimeSpan timeout)
    {
        var left = Left;
        return left > TimeSpan.Zero
            ? ToolProcess.Run(program, arguments, input, left < timeout ? left : timeout)
            : throw new PageToolException(ranOut: true);
    }

    private static bool IsInstalled(string program) => SystemPaths.Find(program) is not null;

    private static string[] Page(int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        return ["-f", number, "-l", number];
    }
}
