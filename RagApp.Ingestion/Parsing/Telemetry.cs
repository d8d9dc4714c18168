using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagApp.Parsing;

namespace RagApp.Ingestion.Parsing;

/// <summary>Metrics of parsing: time and memory per document, by format and outcome.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Ingestion.Parsing";

    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _memory;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _duration = meter.CreateHistogram(Metrics.Duration, "s", "Time to read one document, process start included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120] });
        _memory = meter.CreateHistogram(Metrics.Memory, "By", "Most memory that a parser held while it read one document.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [64 << 20, 96 << 20, 128 << 20, 192 << 20, 256 << 20, 384 << 20, 512 << 20, 1L << 30] });
    }

    public void Read(Activity? activity, ParseResult result, TimeSpan duration)
    {
        var contentType = result.ContentType.Length > 0 ? result.ContentType : "unknown";
        var outcome = result.Outcome.ToString();
        activity?.SetTag(Spans.Tags.ContentType, contentType).SetTag(Spans.Tags.Outcome, outcome).SetTag(Spans.Tags.Blocks, result.Blocks.Count);
        var tags = new TagList { { Spans.Tags.ContentType, contentType }, { Spans.Tags.Outcome, outcome } };
        _duration.Record(duration.TotalSeconds, tags);
        if (result.PeakMemory > 0)
            _memory.Record(result.PeakMemory, tags);
    }

    public static class Metrics
    {
        public const string Duration = "ragapp.ingestion.parse.duration";
        public const string Memory = "ragapp.ingestion.parse.memory";
    }
}
