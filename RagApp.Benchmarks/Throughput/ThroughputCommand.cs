using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using ParseResult = System.CommandLine.ParseResult;

namespace RagApp.Benchmarks.Throughput;

/// <summary>The verb <c>throughput</c>: time from upload until documents are searchable, and growth of the worker's memory.</summary>
internal static class ThroughputCommand
{
    private static readonly Option<DirectoryInfo> Data = VerbOptions.Data("The corpus: DIR/documents with manifest.csv, DIR/handbook with Markdown files.");
    private static readonly Option<int> Documents = VerbOptions.Number("--documents", "How many documents the worker's memory is watched over; 0 leaves it out.", 5000, least: 0);

    public static Command Create()
    {
        var command = new Command(
            "throughput",
            """
            Measures pages and documents per second, and the worker's memory over many documents.

            Measures pages per second on PDFs that hold text (no OCR); documents per second on the handbook with one and
            with two in work at once, through the real service on a real redis-server and a real folder, embedding
            excluded; the service's memory over many documents.
            """) { Data, Documents };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var data = parsed.GetRequiredValue(Data).FullName;
        var handbook = new Handbook(Path.Combine(data, "handbook"));
        await MeasurePagesAsync(Path.Combine(data, "documents"));
        foreach (var workers in (int[])[1, 2])
            await MeasureDocumentsAsync(handbook, workers);
        if (parsed.GetValue(Documents) is > 0 and var documents)
            await WatchMemoryAsync(handbook, documents);
        return 0;
    }

    private static async Task MeasurePagesAsync(string folder)
    {
        await using var services = ParserServices.Create(options => options.Ocr.Enabled = false);
        await ActivatorUtilities.CreateInstance<PdfPages>(services).RunAsync(folder, Console.Out);
    }

    private static async Task MeasureDocumentsAsync(Handbook handbook, int workers)
    {
        await using var bench = await IngestionBench.StartAsync(workers);
        var seconds = await bench.IngestAsync(handbook.Edition(0));
        Say($"handbook, {workers} in work at once: {handbook.Count} documents in {seconds:0.0} s, {handbook.Count / seconds:0.0} documents/s");
    }

    private static async Task WatchMemoryAsync(Handbook handbook, int documents)
    {
        await using var bench = await IngestionBench.StartAsync(workers: 2);
        var points = new List<(double Documents, double MiB)>();
        for (var edition = 1; edition * handbook.Count <= documents + handbook.Count - 1; edition++)
        {
            var seconds = await bench.IngestAsync(handbook.Edition(edition));
            points.Add((edition * handbook.Count, bench.ResidentBytes / (double)(1 << 20)));
            Say($"{points[^1].Documents,6} documents: {points[^1].MiB,5:0} MiB, {handbook.Count / seconds:0.0} documents/s");
        }
        var later = points.Skip(points.Count / 2).ToList();
        if (later.Count > 1)
            Say($"second half: {1000 * Slope(later):+0.0;-0.0} MiB per 1,000 documents");
    }

    /// <summary>Slope of the regression line by least squares.</summary>
    private static double Slope(List<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
