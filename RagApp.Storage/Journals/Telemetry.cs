using System.Diagnostics.Metrics;

namespace RagApp.Storage.Journals;

/// <summary>Metrics of journals: the time to write a segment, which every recorded action waits for, and the number of lines in a segment.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Storage.Journals";

    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _lines;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _duration = meter.CreateHistogram(Metrics.Duration, "s", "Time a segment of a journal took to be written.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30] });
        _lines = meter.CreateHistogram(Metrics.Lines, "{line}", "Lines that were written in one segment.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 500, 1000] });
    }

    public void Written(string journal, int lines, TimeSpan duration)
    {
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(Tags.Journal, journal));
        _lines.Record(lines, new KeyValuePair<string, object?>(Tags.Journal, journal));
    }

    public void Failed(string journal, Exception exception, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>(Tags.Journal, journal), new KeyValuePair<string, object?>(Tags.Error, exception.GetType().FullName));

    public static class Metrics
    {
        public const string Duration = "ragapp.journal.segment.duration";
        public const string Lines = "ragapp.journal.segment.lines";
    }

    public static class Tags
    {
        public const string Journal = "ragapp.journal.name";
        public const string Error = "error.type";
    }
}
