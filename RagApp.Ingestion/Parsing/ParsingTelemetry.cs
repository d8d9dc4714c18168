using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagApp.Ingestion.Parsing;

/// <summary>How long documents take to read, by kind and outcome.</summary>
internal static class ParsingTelemetry
{
    public const string ParseActivity = "parse";

    private const string Name = "RagApp.Ingestion.Parsing";
    private const string ContentTypeTag = "document.content_type";
    private const string OutcomeTag = "document.outcome";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ragapp.ingestion.parse.duration", "s", "Time to read one document, process start included.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120] });

    public static TagList Tags(ParseResult result) => new()
    {
        { ContentTypeTag, result.ContentType.Length > 0 ? result.ContentType : "unknown" },
        { OutcomeTag, result.Outcome.ToString() },
    };
}
