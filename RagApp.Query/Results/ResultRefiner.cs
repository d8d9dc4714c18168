using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;
using RagApp.Query.Results.Rerank;
using RagApp.Storage.Analysis;

namespace RagApp.Query.Results;

/// <summary>Makes of ranked passages what is shown: reranked, without repetition, from several documents, neighbours joined.</summary>
internal sealed class ResultRefiner(Reranking reranking, ITextAnalysis analysis, IOptions<ResultsOptions> options, Telemetry telemetry)
{
    /// <param name="question">As the person asked it.</param>
    /// <param name="ranked">Best first; more than are shown, so that others can take the places of what is left out or joined.</param>
    /// <param name="top">Most hits that are shown.</param>
    public async Task<RefinedHits> RefineAsync(
        string question, IReadOnlyList<SearchHit> ranked, int top, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.Refine);
        var (ordered, outcome) = await reranking.OrderAsync(question, ranked, cancellationToken);
        var selection = new Selection(analysis, options.Value);
        var hits = selection.Choose(ordered, top);
        var refinement = new SearchRefinement(selection.Duplicates, selection.Joined, selection.Postponed, outcome);
        telemetry.Refined(refinement);
        activity?.SetTag(Spans.Tags.Candidates, ranked.Count)
            .SetTag(Spans.Tags.Duplicates, refinement.Duplicates)
            .SetTag(Spans.Tags.Joined, refinement.Merged)
            .SetTag(Spans.Tags.Postponed, refinement.Diversified)
            .SetTag(Spans.Tags.Hits, hits.Count);
        return new RefinedHits(hits, refinement);
    }
}

/// <param name="Hits">Best first.</param>
/// <param name="Refinement">What was done to them, for the explanation.</param>
internal sealed record RefinedHits(IReadOnlyList<SearchHit> Hits, SearchRefinement Refinement);
