using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagApp.Contracts.Search;

namespace RagApp.Query.Search;

/// <summary>Metrics and span tags of searches; they hold no word of the question.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Query.Search";

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

    /// <summary>Counts small talk and requests out of scope, answered without a search.</summary>
    public void Replied(Activity? activity, SearchRoute route)
    {
        activity?.SetTag(Spans.Tags.Route, RouteName(route));
        _searches.Add(1, new(Spans.Tags.Mode, "none"), new(Spans.Tags.Route, RouteName(route)));
    }

    /// <param name="givenUp">One of <see cref="Fallbacks"/>.</param>
    public void FellBack(string givenUp) => _fallbacks.Add(1, new KeyValuePair<string, object?>(Tags.GivenUp, givenUp));

    /// <param name="degradedCause">Cause for the missing vectors of the question; null when they were not needed or were made.</param>
    public void Searched(Activity? activity, SearchExplanation explanation, int hits, string? degradedCause)
    {
        var mode = ModeName(explanation.Mode);
        var route = RouteName(explanation.Route);
        activity?.SetTag(Spans.Tags.Mode, mode)
            .SetTag(Spans.Tags.Route, route)
            .SetTag(Spans.Tags.KeywordCandidates, explanation.KeywordCandidates)
            .SetTag(Spans.Tags.SemanticCandidates, explanation.SemanticCandidates)
            .SetTag(Spans.Tags.Hits, hits)
            .SetTag(Spans.Tags.Cause, degradedCause);

        _searches.Add(1, new(Spans.Tags.Mode, mode), new(Spans.Tags.Route, route));
        _hits.Record(hits, new KeyValuePair<string, object?>(Spans.Tags.Mode, mode));
        if (degradedCause is not null)
            _degraded.Add(1, new KeyValuePair<string, object?>(Spans.Tags.Cause, degradedCause));
    }

    public static string ModeName(SearchMode mode) => mode switch
    {
        SearchMode.Keyword => "keyword",
        SearchMode.Semantic => "semantic",
        _ => "hybrid",
    };

    public static string RouteName(SearchRoute route) => route switch
    {
        SearchRoute.Keywords => "keywords",
        SearchRoute.Exact => "exact",
        SearchRoute.Help => "help",
        SearchRoute.SmallTalk => "small_talk",
        SearchRoute.OutOfScope => "out_of_scope",
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
        public const string GivenUp = "ragapp.search.given_up";
    }
}
