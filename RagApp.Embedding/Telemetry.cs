using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding;

/// <summary>Metrics of the embedding service; none carries text.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Embedding";

    private readonly Meter _meter;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _cacheFailures;
    private readonly Counter<long> _passages;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _run;
    private readonly Counter<long> _calls;
    private readonly Histogram<long> _callTexts;
    private readonly Histogram<double> _providerWait;
    private readonly ConcurrentDictionary<string, Func<EmbeddingPriority, int>> _providers = new(StringComparer.Ordinal);

    public Telemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _tokens = _meter.CreateCounter<long>(Metrics.Tokens, "{token}", "Tokens of the texts asked for, by input type and priority.");
        _lookups = _meter.CreateCounter<long>(Metrics.CacheLookups, "{text}", "Texts and passages looked up in the cache, by work and result: hit, miss.");
        _cacheFailures = _meter.CreateCounter<long>(Metrics.CacheFailures, "{call}", "Calls to the cache that failed.");
        _passages = _meter.CreateCounter<long>(Metrics.Passages, "{passage}", "Passages of questions, by what became of them: read, cached, left_out.");
        _wait = _meter.CreateHistogram<double>(Metrics.QueueWait, "s", "Time a text waits for its run, by work and lane.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60] });
        _run = _meter.CreateHistogram<double>(Metrics.RunDuration, "s", "Time of one run of a model, by work and lane.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] });
        _calls = _meter.CreateCounter<long>(Metrics.ProviderCalls, "{call}", "Calls to providers, by model, lane and result: answered, divided, failed.");
        _callTexts = _meter.CreateHistogram<long>(Metrics.ProviderTexts, "{text}", "Texts in one call to a provider, by model and lane.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048] });
        _providerWait = _meter.CreateHistogram<double>(Metrics.ProviderWait, "s", "Time a text waits for its call to a provider, by model and lane.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60] });
        _meter.CreateObservableGauge(Metrics.ProviderQueueDepth, Waiting, "{text}", "Texts that wait for a call to a provider, by model and lane.");
    }

    /// <summary>Publishes the number of texts that wait for a provider's model.</summary>
    public void ObserveProvider(string model, Func<EmbeddingPriority, int> countOf) => _providers[model] = countOf;

    /// <param name="waited">Time from the request to the call.</param>
    public void TextSent(string model, EmbeddingPriority lane, TimeSpan waited) => _providerWait.Record(waited.TotalSeconds, Model(model), Lane(lane));

    public void ProviderCalled(string model, EmbeddingPriority lane, int texts, string result)
    {
        _calls.Add(1, Model(model), Lane(lane), new(Tags.CallResult, result));
        _callTexts.Record(texts, Model(model), Lane(lane));
    }

    /// <summary>Publishes the number of waiting texts of each lane.</summary>
    public void ObserveQueue(Func<EmbeddingPriority, int> countOf) => _meter.CreateObservableGauge(
        Metrics.QueueDepth,
        () => Enum.GetValues<EmbeddingPriority>().Select(lane => new Measurement<int>(countOf(lane), Lane(lane))),
        "{text}", "Texts that wait for a run, by lane.");

    public void TokensAsked(long tokens, EmbeddingInputType type, EmbeddingPriority priority) =>
        _tokens.Add(tokens, new KeyValuePair<string, object?>(Tags.InputType, WireName(type)), Lane(priority));

    public void LookedUp(ModelWork work, int hits, int misses)
    {
        _lookups.Add(hits, Work(work), new(Tags.Result, "hit"));
        _lookups.Add(misses, Work(work), new(Tags.Result, "miss"));
    }

    /// <param name="read">Number of passages that the reader has read.</param>
    /// <param name="cached">Number of passages whose reading was in the cache.</param>
    /// <param name="leftOut">Number of passages that were not read, since one was enough or a limit was reached.</param>
    public void PassagesRead(int read, int cached, int leftOut)
    {
        _passages.Add(read, new KeyValuePair<string, object?>(Tags.Passage, "read"));
        _passages.Add(cached, new KeyValuePair<string, object?>(Tags.Passage, "cached"));
        _passages.Add(leftOut, new KeyValuePair<string, object?>(Tags.Passage, "left_out"));
    }

    public void CacheFailed() => _cacheFailures.Add(1);

    public void RunEnded(ModelWork work, EmbeddingPriority lane, TimeSpan waited, TimeSpan ran)
    {
        _wait.Record(waited.TotalSeconds, Work(work), Lane(lane));
        _run.Record(ran.TotalSeconds, Work(work), Lane(lane));
    }

    public static string LaneName(EmbeddingPriority priority) => priority == EmbeddingPriority.Bulk ? "bulk" : "interactive";

    public static string NameOf(ModelWork work) => work == ModelWork.Read ? "read" : "embed";

    private IEnumerable<Measurement<int>> Waiting() =>
        from provider in _providers
        from lane in Enum.GetValues<EmbeddingPriority>()
        select new Measurement<int>(provider.Value(lane), Model(provider.Key), Lane(lane));

    private static KeyValuePair<string, object?> Model(string model) => new(Spans.Tags.Model, model);

    private static KeyValuePair<string, object?> Work(ModelWork work) => new(Spans.Tags.Work, NameOf(work));

    private static KeyValuePair<string, object?> Lane(EmbeddingPriority priority) => new(Spans.Tags.Lane, LaneName(priority));

    private static string WireName(EmbeddingInputType type) => type == EmbeddingInputType.Query ? "query" : "passage";

    public static class Metrics
    {
        public const string Tokens = "ragapp.embedding.tokens";
        public const string CacheLookups = "ragapp.embedding.cache.lookups";
        public const string CacheFailures = "ragapp.embedding.cache.failures";
        public const string Passages = "ragapp.embedding.reader.passages";
        public const string QueueDepth = "ragapp.embedding.queue.depth";
        public const string QueueWait = "ragapp.embedding.queue.wait";
        public const string RunDuration = "ragapp.embedding.run.duration";
        public const string ProviderCalls = "ragapp.embedding.provider.calls";
        public const string ProviderTexts = "ragapp.embedding.provider.texts";
        public const string ProviderWait = "ragapp.embedding.provider.wait";
        public const string ProviderQueueDepth = "ragapp.embedding.provider.depth";
    }

    /// <summary>Results of a call to a provider.</summary>
    public static class CallResult
    {
        public const string Answered = "answered";

        /// <summary>The call was too long, and its halves are sent again.</summary>
        public const string Divided = "divided";

        public const string Failed = "failed";
    }

    public static class Tags
    {
        public const string InputType = "ragapp.embedding.input_type";
        public const string CallResult = "ragapp.embedding.provider.result";
        public const string Passage = "ragapp.embedding.reader.passage_result";
        public const string Result = "ragapp.embedding.cache.result";
    }
}
