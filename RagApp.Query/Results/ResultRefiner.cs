using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Text.Analysis;

namespace RagApp.Query.Results;

/// <summary>Turns ranked passages into the hits that are shown: reranked, without repetition, from several documents, neighbours joined.</summary>
internal sealed class ResultRefiner(Reranking reranking, ITextAnalysis analysis, IOptions<ResultsOptions> options, Telemetry telemetry)
{
    /// <param name="question">The question, in the wording that passages are ranked by.</param>
    /// <param name="ranked">Passages, best first; more than are shown, since some are left out or joined.</param>
    /// <param name="top">Largest number of hits to show.</param>
    public async Task<RefinedHits> RefineAsync(
        Principal principal, string question, IReadOnlyList<SearchHit> ranked, int top, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Refine);
        var (ordered, outcome) = await reranking.OrderAsync(principal, question, ranked, cancellationToken);
        var diversifier = new Diversifier(analysis, options.Value);
        var hits = diversifier.Choose(ordered, top);
        var refinement = new SearchRefinement(diversifier.Duplicates, diversifier.Joined, diversifier.Postponed, outcome);
        telemetry.Refined(refinement);
        activity?.SetTag(Spans.Tags.Candidates, ranked.Count)
            .SetTag(Spans.Tags.Duplicates, refinement.Duplicates)
            .SetTag(Spans.Tags.Joined, refinement.Merged)
            .SetTag(Spans.Tags.Postponed, refinement.Diversified)
            .SetTag(Spans.Tags.Hits, hits.Count);
        return new RefinedHits(hits, refinement);
    }
}

/// <param name="Hits">The hits to show, best first.</param>
/// <param name="Refinement">Record of the changes, for the explanation.</param>
internal sealed record RefinedHits(IReadOnlyList<SearchHit> Hits, SearchRefinement Refinement);
