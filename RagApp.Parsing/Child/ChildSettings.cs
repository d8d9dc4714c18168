using System.Globalization;

namespace RagApp.Parsing.Child;

/// <summary>
/// The settings of a parser child, passed on its command line: <c>limits=512,60,120 limits:pdf=1024,300,120
/// ocr=eng+deu,100</c>. Passed as JSON, they cost 31 of the 80 ms of processor time of a start.
/// </summary>
/// <param name="Ocr">Settings of text recognition; null when scanned pages are not read.</param>
internal sealed record ChildSettings(ParserBounds Bounds, OcrSettings? Ocr)
{
    private const string LimitsName = "limits";
    private const string OcrName = "ocr";

    public IEnumerable<string> ToArguments() =>
    [
        $"{LimitsName}={Text(Bounds.Usual)}",
        .. Bounds.ByFormat.Select(pair => $"{LimitsName}:{pair.Key}={Text(pair.Value)}"),
        .. Ocr is { } ocr ? [string.Create(CultureInfo.InvariantCulture, $"{OcrName}={ocr.Languages},{ocr.MaxPages}")] : (string[])[],
    ];

    /// <exception cref="FormatException">The arguments are not in the form that <see cref="ToArguments"/> writes.</exception>
    public static ChildSettings Parse(string[] arguments)
    {
        var usual = new ParserLimits(0, 0, TimeSpan.Zero);
        var byFormat = new Dictionary<string, ParserLimits>(StringComparer.Ordinal);
        OcrSettings? ocr = null;
        foreach (var argument in arguments)
        {
            var (name, values) = argument.Split('=') is [var key, var value] ? (key, value.Split(',')) : throw Unknown(argument);
            if (name == LimitsName)
                usual = Limits(values);
            else if (name.StartsWith($"{LimitsName}:", StringComparison.Ordinal))
                byFormat.Add(name[(LimitsName.Length + 1)..], Limits(values));
            else
                ocr = name == OcrName ? new OcrSettings(values[0], Number(values[1])) : throw Unknown(argument);
        }
        return new ChildSettings(new ParserBounds(usual, byFormat), ocr);
    }

    private static string Text(ParserLimits limits) => string.Create(
        CultureInfo.InvariantCulture, $"{limits.MemoryMiB},{limits.CpuSeconds},{limits.WallTime.TotalSeconds:0}");

    private static ParserLimits Limits(string[] values) =>
        new(Number(values[0]), Number(values[1]), TimeSpan.FromSeconds(Number(values[2])));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static FormatException Unknown(string argument) => new($"'{argument}' is no setting of a parser.");
}

/// <param name="Languages">Tesseract's languages, joined by <c>+</c>.</param>
/// <param name="MaxPages">Largest number of pages recognized in one document.</param>
internal sealed record OcrSettings(string Languages, int MaxPages);
