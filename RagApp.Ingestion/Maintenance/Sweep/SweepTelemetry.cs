using System.Diagnostics.Metrics;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>What sweeps find: the goal is that <c>ragapp.sweep.orphans</c> does not grow.</summary>
internal sealed class SweepTelemetry
{
    public const string Name = "RagApp.Ingestion.Sweep";
    public const string Orphans = "ragapp.sweep.orphans";
    public const string Duration = "ragapp.sweep.duration";
    public const string KindTag = "ragapp.sweep.kind";
    public const string OutcomeTag = "ragapp.sweep.outcome";

    private readonly Counter<int> _orphans;
    private readonly Histogram<double> _duration;

    public SweepTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _orphans = meter.CreateCounter<int>(Orphans, "{orphan}", "Orphans found, by kind and outcome: mended, left.");
        _duration = meter.CreateHistogram(Duration, "s", "Time of one sweep.",
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
            _orphans.Add(orphans, new KeyValuePair<string, object?>(KindTag, kind.ToString()), new KeyValuePair<string, object?>(OutcomeTag, outcome));
    }
}
