using System.Diagnostics.Metrics;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>Metrics of jobs.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Ingestion.Processing";

    private readonly Histogram<double> _duration;

    public Telemetry(IMeterFactory meters) => _duration = meters.Create(Name).CreateHistogram(Metrics.Duration, "s", "Time a worker had a job.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800] });

    public void JobEnded(LeasedJob job, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(Spans.Tags.JobKind, job.Job.Kind.ToString()));

    public static class Metrics
    {
        public const string Duration = "ragapp.ingestion.job.duration";
    }
}
