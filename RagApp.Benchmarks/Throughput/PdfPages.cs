using RagApp.Benchmarks.Documents;
using RagApp.Ingestion.Parsing;

namespace RagApp.Benchmarks.Throughput;

/// <summary>Pages per second with one parser process at a time, process starts included, on the corpus's PDFs that contain text.</summary>
internal sealed class PdfPages(IDocumentParser parser, TimeProvider time)
{
    private const int Long = 20;

    public async Task RunAsync(string folder, TextWriter output)
    {
        var (pages, seconds, longPages, longSeconds) = (0, 0.0, 0, 0.0);
        foreach (var row in ManifestRow.ReadAll(folder).Where(row => row is { Format: "pdf", Expectation: Expectation.Text }))
        {
            await using var file = File.OpenRead(Path.Combine(folder, row.Path));
            var started = time.GetTimestamp();
            var result = await parser.ParseAsync("corpus", file, row.Path, CancellationToken.None);
            var took = time.GetElapsedTime(started).TotalSeconds;
            var count = result.Blocks.Max(block => block.Page) ?? 0;
            (pages, seconds) = (pages + count, seconds + took);
            if (count >= Long)
                (longPages, longSeconds) = (longPages + count, longSeconds + took);
        }
        await output.WriteLineAsync(FormattableString.Invariant(
            $"born-digital PDFs, one at a time: {pages} pages in {seconds:0.0} s, {pages / seconds:0.0} pages/s (aim 20)"));
        await output.WriteLineAsync(FormattableString.Invariant(
            $"those of {Long} pages and more:   {longPages} pages in {longSeconds:0.0} s, {longPages / longSeconds:0.0} pages/s"));
    }
}
