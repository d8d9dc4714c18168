using System.Diagnostics.Metrics;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Screening;

/// <summary>Metrics of screening: findings, actions and duration.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Ingestion.Dlp";

    private readonly Counter<long> _findings;
    private readonly Histogram<double> _duration;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _findings = meter.CreateCounter<long>(Metrics.Findings, "{finding}", "Confidential data found in documents, by detector and action.");
        _duration = meter.CreateHistogram(Metrics.Duration, "s", "Time to screen a document, by the strictest action.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30] });
    }

    public void Screened(ScreeningResult screening, TimeSpan duration)
    {
        foreach (var finding in screening.Findings)
            _findings.Add(finding.Count, new(Tags.Detector, finding.Detector), new(Tags.Action, finding.Action.ToString()));
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(Tags.Action, screening.Action.ToString()));
    }

    public static class Metrics
    {
        public const string Findings = "ragapp.ingestion.dlp.findings";
        public const string Duration = "ragapp.ingestion.dlp.duration";
    }

    public static class Tags
    {
        public const string Detector = "ragapp.ingestion.dlp.detector";
        public const string Action = "ragapp.ingestion.dlp.action";
    }
}
