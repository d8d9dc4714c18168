using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagApp.Contracts.Search;

namespace RagApp.Query.Search;

/// <summary>Spans and metrics of searches; neither carries a word of the question.</summary>
internal sealed class Telemetry : IDisposable
{
    public const string Name = "RagApp.Query";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _searches;
    private readonly Counter<long> _degraded;
    private readonly Counter<long> _fallbacks;
    private readonly Histogram<int> _hits;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _searches = meter.CreateCounter<long>(Metrics.Searches, "{search}", "Searches made, by kind of question and the lists that took part.");
        _degraded = meter.CreateCounter<long>(Metrics.Degraded, "{search}", "Searches that went on with keywords alone, by cause.");
        _fallbacks = meter.CreateCounter<long>(Metrics.Fallbacks, "{search}", "Searches made again in another way because the first one found nothing, by what was given up.");
        _hits = meter.CreateHistogram<int>(Metrics.Hits, "{passage}", "Passages returned per search.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100] });
    }

    public Activity? StartSearch() => _source.StartActivity("search");

    /// <summary>Small talk, answered without a search.</summary>
    public void Replied(Activity? activity, SearchRoute route)
    {
        activity?.SetTag(Tags.Route, RouteName(route));
        _searches.Add(1, new(Tags.Mode, "none"), new(Tags.Route, RouteName(route)));
    }

    /// <param name="givenUp">One of <see cref="Fallbacks"/>.</param>
    public void FellBack(string givenUp) => _fallbacks.Add(1, new KeyValuePair<string, object?>(Tags.GivenUp, givenUp));

    /// <param name="degradedCause">Why the question has no vector though one was wanted; null when all went well.</param>
    public void Searched(Activity? activity, SearchExplanation explanation, int hits, string? degradedCause)
    {
        var mode = ModeName(explanation.Mode);
        var route = RouteName(explanation.Route);
        activity?.SetTag(Tags.Mode, mode)
            .SetTag(Tags.Route, route)
            .SetTag(Tags.KeywordCandidates, explanation.KeywordCandidates)
            .SetTag(Tags.SemanticCandidates, explanation.SemanticCandidates)
            .SetTag(Tags.Hits, hits)
            .SetTag(Tags.Cause, degradedCause);

        _searches.Add(1, new(Tags.Mode, mode), new(Tags.Route, route));
        _hits.Record(hits, new KeyValuePair<string, object?>(Tags.Mode, mode));
        if (degradedCause is not null)
            _degraded.Add(1, new KeyValuePair<string, object?>(Tags.Cause, degradedCause));
    }

    public void Dispose() => _source.Dispose();

    private static string ModeName(SearchMode mode) => mode switch
    {
        SearchMode.Keyword => "keyword",
        SearchMode.Semantic => "semantic",
        _ => "hybrid",
    };

    private static string RouteName(SearchRoute route) => route switch
    {
        SearchRoute.Keywords => "keywords",
        SearchRoute.Exact => "exact",
        SearchRoute.Help => "help",
        SearchRoute.SmallTalk => "small_talk",
        _ => "question",
    };

    public static class Metrics
    {
        public const string Searches = "ragapp.search.requests";
        public const string Degraded = "ragapp.search.degraded";
        public const string Fallbacks = "ragapp.search.fallbacks";
        public const string Hits = "ragapp.search.hits";
    }

    public static class Fallbacks
    {
        public const string Exact = "exact";
        public const string Filters = "filters";
    }

    public static class Tags
    {
        public const string Mode = "ragapp.search.mode";
        public const string Route = "ragapp.search.route";
        public const string GivenUp = "ragapp.search.given_up";
        public const string KeywordCandidates = "ragapp.search.keyword_candidates";
        public const string SemanticCandidates = "ragapp.search.semantic_candidates";
        public const string Hits = "ragapp.search.hits";
        public const string Cause = "ragapp.search.degraded_cause";
    }
}
