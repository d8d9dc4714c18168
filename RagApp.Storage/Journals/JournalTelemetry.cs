using System.Diagnostics.Metrics;

namespace RagApp.Storage.Journals;

/// <summary>How long a segment takes, which is what every recorded action waits for, and how many lines share one.</summary>
internal static class JournalTelemetry
{
    private const string Name = "RagApp.Storage.Journals";
    private const string JournalTag = "journal.name";
    private const string ErrorTag = "error.type";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ragapp.journal.segment.duration", "s", "Time a segment of a journal took to be written.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30] });

    private static readonly Histogram<int> Lines = Meter.CreateHistogram(
        "ragapp.journal.segment.lines", "{line}", "Lines that were written in one segment.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 500, 1000] });

    public static void Written(string journal, int lines, TimeSpan duration)
    {
        Duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(JournalTag, journal));
        Lines.Record(lines, new KeyValuePair<string, object?>(JournalTag, journal));
    }

    public static void Failed(string journal, Exception exception, TimeSpan duration) => Duration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>(JournalTag, journal), new KeyValuePair<string, object?>(ErrorTag, exception.GetType().Name));
}
