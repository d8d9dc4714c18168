using RagApp.Ingestion.Parsing;

namespace RagApp.Benchmarks.PdfTexts;

/// <summary>Reads a PDF with RagApp's parser and with the two programs it is compared with.</summary>
internal sealed class PdfTextReader(IDocumentParser parser, TimeProvider time)
{
    /// <summary>The texts; null for a file from which the other programs read fewer than three words, such as a scan or a damaged file.</summary>
    public async Task<ThreeTexts?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var (poppler, popplerSeconds) = await TimeAsync(() => PdfTool.Poppler.ReadAsync(path, cancellationToken));
        var (mupdf, mupdfSeconds) = await TimeAsync(() => PdfTool.MuPdf.ReadAsync(path, cancellationToken));
        if (TextWords.Of(poppler).Count < TextWords.RunLength || TextWords.Of(mupdf).Count < TextWords.RunLength)
            return null;
        var (own, ownSeconds) = await TimeAsync(() => OwnAsync(path, cancellationToken));
        return new ThreeTexts(Math.Max(1, poppler.Count(c => c == '\f')), own, poppler, mupdf, ownSeconds, popplerSeconds, mupdfSeconds);
    }

    private async Task<string> OwnAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var result = await parser.ParseAsync("pdf", file, path, cancellationToken);
        return string.Join('\n', result.Blocks.Select(block => block.Text));
    }

    private async Task<(string Text, double Seconds)> TimeAsync(Func<Task<string>> read)
    {
        var started = time.GetTimestamp();
        return (await read(), time.GetElapsedTime(started).TotalSeconds);
    }
}
