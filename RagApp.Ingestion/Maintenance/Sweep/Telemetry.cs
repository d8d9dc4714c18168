using System.Diagnostics.Metrics;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>Metrics of sweeps: the goal is that <c>ragapp.sweep.orphans</c> does not grow.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Ingestion.Sweep";

    private readonly Counter<int> _orphans;
    private readonly Histogram<double> _duration;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _orphans = meter.CreateCounter<int>(Metrics.Orphans, "{orphan}", "Orphans found, by kind and outcome: mended, left.");
        _duration = meter.CreateHistogram(Metrics.Duration, "s", "Time of one sweep.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 10, 60, 600, 3600] });
    }

    public void Swept(SweepReport report, TimeSpan took)
    {
        foreach (var (kind, found, mended) in report.ByKind)
        {
            Count(kind, "mended", mended);
            Count(kind, "left", found - mended);
        }
        _duration.Record(took.TotalSeconds);
    }

    private void Count(OrphanKind kind, string outcome, int orphans)
    {
        if (orphans > 0)
            _orphans.Add(orphans, new KeyValuePair<string, object?>(Tags.Kind, kind.ToString()), new KeyValuePair<string, object?>(Tags.Outcome, outcome));
    }

    public static class Metrics
    {
        public const string Orphans = "ragapp.sweep.orphans";
        public const string Duration = "ragapp.sweep.duration";
    }

    public static class Tags
    {
        public const string Kind = "ragapp.sweep.kind";
        public const string Outcome = "ragapp.sweep.outcome";
    }
}
