using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagApp.Ingestion.Parsing;

/// <summary>How long documents take to read and how much memory that takes, by kind and outcome.</summary>
internal static class ParsingTelemetry
{
    private const string Name = "RagApp.Ingestion.Parsing";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ragapp.ingestion.parse.duration", "s", "Time to read one document, process start included.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120] });

    private static readonly Histogram<long> Memory = Meter.CreateHistogram(
        "ragapp.ingestion.parse.memory", "By", "Most memory that a parser held while it read one document.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [64 << 20, 96 << 20, 128 << 20, 192 << 20, 256 << 20, 384 << 20, 512 << 20, 1L << 30] });

    public static void Record(Activity? activity, ParseResult result, TimeSpan duration)
    {
        var contentType = result.ContentType.Length > 0 ? result.ContentType : "unknown";
        var outcome = result.Outcome.ToString();
        activity?.SetTag(Spans.Tags.ContentType, contentType).SetTag(Spans.Tags.Outcome, outcome).SetTag(Spans.Tags.Blocks, result.Blocks.Count);
        var tags = new TagList { { Spans.Tags.ContentType, contentType }, { Spans.Tags.Outcome, outcome } };
        Duration.Record(duration.TotalSeconds, tags);
        if (result.PeakMemory > 0)
            Memory.Record(result.PeakMemory, tags);
    }
}
