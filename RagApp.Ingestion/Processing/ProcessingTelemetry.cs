using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>How long jobs take, by kind.</summary>
internal static class ProcessingTelemetry
{
    private const string Name = "RagApp.Ingestion.Processing";

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ragapp.ingestion.job.duration", "s", "Time a worker had a job.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800] });

    public static TagList Tags(LeasedJob job) => new() { { Spans.Tags.JobKind, job.Job.Kind.ToString() } };
}
