using System.Diagnostics.Metrics;
using RagApp.Contracts.Search;

namespace RagApp.Query.Results;

/// <summary>Metrics of the changes made to ranked passages.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Query.Results";

    private readonly Counter<long> _refined;
    private readonly Counter<long> _reranks;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _refined = meter.CreateCounter<long>(Metrics.Refined, "{passage}", "Passages that were not shown as they were ranked, by what was done: duplicate, joined, postponed.");
        _reranks = meter.CreateCounter<long>(Metrics.Reranks, "{search}", "Searches whose passages a reranker was to order, by outcome.");
    }

    public void Refined(SearchRefinement refinement)
    {
        Count(refinement.Duplicates, "duplicate");
        Count(refinement.Merged, "joined");
        Count(refinement.Diversified, "postponed");
        if (refinement.Rerank is { } outcome)
            _reranks.Add(1, new KeyValuePair<string, object?>(Spans.Tags.RerankOutcome, outcome));
    }

    private void Count(int passages, string step)
    {
        if (passages > 0)
            _refined.Add(passages, new KeyValuePair<string, object?>(Tags.Step, step));
    }

    public static class Metrics
    {
        public const string Refined = "ragapp.search.refined";
        public const string Reranks = "ragapp.search.reranks";
    }

    public static class Tags
    {
        public const string Step = "ragapp.search.step";
    }
}
