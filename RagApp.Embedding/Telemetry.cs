using System.Diagnostics.Metrics;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding;

/// <summary>Metrics of the embedding service; none carries text.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Embedding";

    private readonly Meter _meter;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _cacheFailures;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _run;

    public Telemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _tokens = _meter.CreateCounter<long>(Metrics.Tokens, "{token}", "Tokens of the texts asked for, by input type and priority.");
        _lookups = _meter.CreateCounter<long>(Metrics.CacheLookups, "{text}", "Texts looked up in the cache, by result: hit, miss.");
        _cacheFailures = _meter.CreateCounter<long>(Metrics.CacheFailures, "{call}", "Calls to the cache that failed.");
        _wait = _meter.CreateHistogram<double>(Metrics.QueueWait, "s", "Time a text waits for its run, by lane.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60] });
        _run = _meter.CreateHistogram<double>(Metrics.RunDuration, "s", "Time of one run of the model, by lane.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] });
    }

    /// <summary>Publishes how much waits in each lane.</summary>
    public void ObserveQueue(Func<EmbeddingPriority, int> countOf) => _meter.CreateObservableGauge(
        Metrics.QueueDepth,
        () => Enum.GetValues<EmbeddingPriority>().Select(lane => new Measurement<int>(countOf(lane), Lane(lane))),
        "{text}", "Texts that wait for a run, by lane.");

    public void TokensAsked(long tokens, EmbeddingInputType type, EmbeddingPriority priority) =>
        _tokens.Add(tokens, new KeyValuePair<string, object?>(Tags.InputType, WireName(type)), Lane(priority));

    public void LookedUp(int hits, int misses)
    {
        _lookups.Add(hits, new KeyValuePair<string, object?>(Tags.Result, "hit"));
        _lookups.Add(misses, new KeyValuePair<string, object?>(Tags.Result, "miss"));
    }

    public void CacheFailed() => _cacheFailures.Add(1);

    public void RunEnded(EmbeddingPriority lane, TimeSpan waited, TimeSpan ran)
    {
        _wait.Record(waited.TotalSeconds, Lane(lane));
        _run.Record(ran.TotalSeconds, Lane(lane));
    }

    public static string LaneName(EmbeddingPriority priority) => priority == EmbeddingPriority.Bulk ? "bulk" : "interactive";

    private static KeyValuePair<string, object?> Lane(EmbeddingPriority priority) => new(Spans.Tags.Lane, LaneName(priority));

    private static string WireName(EmbeddingInputType type) => type == EmbeddingInputType.Query ? "query" : "passage";

    public static class Metrics
    {
        public const string Tokens = "ragapp.embedding.tokens";
        public const string CacheLookups = "ragapp.embedding.cache.lookups";
        public const string CacheFailures = "ragapp.embedding.cache.failures";
        public const string QueueDepth = "ragapp.embedding.queue.depth";
        public const string QueueWait = "ragapp.embedding.queue.wait";
        public const string RunDuration = "ragapp.embedding.run.duration";
    }

    public static class Tags
    {
        public const string InputType = "ragapp.embedding.input_type";
        public const string Result = "ragapp.embedding.cache.result";
    }
}
