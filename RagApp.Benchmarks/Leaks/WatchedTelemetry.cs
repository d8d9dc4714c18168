using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Reads what the services of this process log, trace and measure, and keeps the lines that hold a planted word.</summary>
internal sealed class WatchedTelemetry : ILoggerProvider, ILogger
{
    private readonly PlantedWords _words;
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ConcurrentQueue<(string Kind, string Text)> _found = [];
    private readonly List<Activity> _settled = [];
    private int _logged;
    private int _traced;
    private int _measured;

    public WatchedTelemetry(PlantedWords words)
    {
        _words = words;
        _spans = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = _ended.Enqueue };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _metrics.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measure(instrument, tags));
        _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measure(instrument, tags));
        _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measure(instrument, tags));
        _metrics.Start();
    }

    /// <summary>Number of log lines, spans and measurements that were read.</summary>
    public (int Logged, int Traced, int Measured) Read => (_logged, _traced, _measured);

    /// <summary>Planted words that were seen: the place (<c>logs</c>, <c>traces</c> or <c>metrics</c>) and the line.</summary>
    public IReadOnlyCollection<(string Kind, string Text)> Found => _found;

    /// <summary>Reads the spans that had ended at the call before: a service takes words out of a span just when it ends.</summary>
    public void ReadSpans()
    {
        foreach (var span in _settled)
        {
            _traced++;
            Look("traces", $"{span.Source.Name} {span.DisplayName} {span.StatusDescription} {Joined(span.TagObjects)} {string.Concat(span.Events.Select(each => $"{each.Name} {Joined(each.Tags)}"))}");
        }
        _settled.Clear();
        while (_ended.TryDequeue(out var span))
            _settled.Add(span);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel > LogLevel.Trace;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _logged);
        Look("logs", $"{logLevel} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    private static string Joined(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private void Measure(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Interlocked.Increment(ref _measured);
        foreach (var tag in tags)
        {
            if (tag.Value is string text)
                Look("metrics", $"{instrument.Name} {tag.Key}={text}");
        }
    }

    /// <summary>Ids of documents belong into logs and traces; all other planted words do not.</summary>
    private void Look(string kind, string text)
    {
        if (_words.FindText(text))
            _found.Enqueue((kind, text));
    }
}
