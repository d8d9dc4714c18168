using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>What screening finds and does, and how long it takes.</summary>
internal static class DlpTelemetry
{
    public const string Name = "RagApp.Ingestion.Dlp";
    private const string DetectorTag = "dlp.detector";
    private const string ActionTag = "dlp.action";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Findings = Meter.CreateCounter<long>(
        "ragapp.ingestion.dlp.findings", "{finding}", "Confidential data found in documents, by detector and action.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ragapp.ingestion.dlp.duration", "s", "Time to screen a document, by the strictest action.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30] });

    public static void Record(Screening screening, TimeSpan duration)
    {
        foreach (var finding in screening.Findings)
            Findings.Add(finding.Count, new TagList { { DetectorTag, finding.Detector }, { ActionTag, finding.Action.ToString() } });
        Duration.Record(duration.TotalSeconds, new TagList { { ActionTag, screening.Action.ToString() } });
    }
}
