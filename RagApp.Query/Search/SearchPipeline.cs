using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Ranking;
using RagApp.Query.Results;
using RagApp.Query.Rewriting;
using RagApp.Query.Routing;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;
using RagApp.Text.Analysis;

namespace RagApp.Query.Search;

/// <summary>
/// Runs one search: 1. recognizes the kind of question and answers small talk at once; 2. rewrites the question and finds the
/// filters it names; 3. searches both lists of the index with the principal's access filter; 4. ranks the passages and selects
/// the hits; 5. explains the search.
/// </summary>
internal sealed class SearchPipeline(
    Router router,
    Rewriter rewriter,
    QuestionFilters questionFilters,
    UnknownWords unknownWords,
    CandidateSearch candidates,
    Ranker ranker,
    ResultRefiner refiner,
    ITextAnalysis analysis,
    IOptions<SearchOptions> options,
    Telemetry telemetry)
{
    private const int DefaultTop = 10;

    /// <summary>Number of candidates with the words of a quoted phrase that are checked for the phrase itself.</summary>
    private const int PhraseCandidates = 500;

    public async Task<SearchResponse> SearchAsync(Principal principal, SearchRequest request, CancellationToken cancellationToken)
    {
        var access = AccessFilter.For(principal);
        var top = request.Top ?? DefaultTop;
        using var activity = Spans.Source.StartActivity(Spans.Stages.Search);

        // 1
        var routed = Route(request);
        if (routed.Reply is { } reply)
        {
            telemetry.Replied(activity, routed.Route);
            return new SearchResponse([], new SearchExplanation(routed.Mode, routed.Reason, 0, 0, 0) { Route = routed.Route }) { Reply = reply };
        }

        // 2
        var question = routed.Exact is null ? await rewriter.RewriteAsync(principal, access, request, cancellationToken) : RewrittenQuestion.AsAsked(request.Query);
        var plan = await PlanAsync(request, routed, question, top, access, cancellationToken);

        // 3
        var found = await FindAsync(principal, plan, access, cancellationToken);

        // 4
        var hits = Rank(found, question, Math.Max(top, options.Value.Candidates));
        var refined = await refiner.RefineAsync(principal, question.Best, hits, top, cancellationToken);

        // 5
        var byWords = found.Mode != SearchMode.Semantic;
        var explanation = new SearchExplanation(
            found.Mode, found.Reason, found.Candidates.Keyword.Count, found.Candidates.Semantic.Count, found.SemanticWeight)
        {
            Route = routed.Route,
            Rewrites = question.Rewrites,
            UnknownCodes = byWords ? UnknownCodes.In(question.Best, found.Candidates, analysis) : null,
            UnknownWords = byWords ? await unknownWords.FindAsync(question.Best, found.Candidates, access, cancellationToken) : null,
            FoundFilters = plan.FoundFilters,
            FoundFiltersDropped = plan.FoundFilters is not null && found.Plan.FoundFilters is null,
            Refinement = refined.Refinement,
        };
        telemetry.Searched(activity, explanation, refined.Hits.Count, found.Question?.Cause);
        return new SearchResponse(refined.Hits, explanation);
    }

    private RoutedQuestion Route(SearchRequest request)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Route);
        var routed = router.Route(request);
        activity?.SetTag(Spans.Tags.Route, Telemetry.RouteName(routed.Route)).SetTag(Spans.Tags.Mode, Telemetry.ModeName(routed.Mode));
        return routed;
    }

    private IReadOnlyList<SearchHit> Rank(FoundCandidates found, RewrittenQuestion question, int top)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Rank);
        var hits = ranker.Rank(found.Candidates, question.Best, found.SemanticWeight, top, question.AsSpelt);
        activity?.SetTag(Spans.Tags.Hits, hits.Count);
        return found.Plan.Exact is { } exact ? exact.NamedFirst(hits) : hits;
    }

    private async Task<SearchPlan> PlanAsync(
        SearchRequest request, RoutedQuestion routed, RewrittenQuestion question, int top, AccessFilter access, CancellationToken cancellationToken)
    {
        var limit = Math.Max(top, options.Value.Candidates);
        return new SearchPlan(
            routed.Exact?.TextsFor(request.Query) ?? question.Texts, routed.Mode, routed.Reason, routed.Exact is { Phrases.Count: > 0 } ? Math.Max(limit, PhraseCandidates) : limit)
        {
            OtherForms = routed.Exact is { Phrases.Count: > 0 } or { FileName: not null } ? "" : OtherForms.Of(request.Query),
            Filters = request.Filters,
            FoundFilters = request.FindFilters is false || routed.Exact is not null
                ? null
                : await questionFilters.FindAsync(request.Query, request.Filters, access, cancellationToken),
            Exact = routed.Exact,
        };
    }

    /// <summary>
    /// Searches in up to three ways. A path is first looked up as a document. When the question's own filters leave nothing, the
    /// search is repeated without them. When an exact text is not found, it may be spelt differently: meaning is then searched too.
    /// </summary>
    private async Task<FoundCandidates> FindAsync(Principal principal, SearchPlan plan, AccessFilter access, CancellationToken cancellationToken)
    {
        if (plan.Exact?.FileName is { } path && await FindAtAsync(principal, plan, path, access, cancellationToken) is { IsEmpty: false } document)
            return document;

        var found = await candidates.FindAsync(principal, plan, access, cancellationToken);
        if (found.IsEmpty && plan.FoundFilters is not null)
        {
            telemetry.FellBack(Telemetry.Fallbacks.Filters);
            return await candidates.FindAsync(principal, plan with { FoundFilters = null }, access, cancellationToken);
        }
        if (!found.IsEmpty || plan.Exact is null)
            return found;
        telemetry.FellBack(Telemetry.Fallbacks.Exact);
        var wider = plan with
        {
            Mode = SearchMode.Hybrid,
            Reason = "Keywords and meaning together: no passage has it as it is written.",
            Exact = null,
        };
        return await candidates.FindAsync(principal, wider, access, cancellationToken);
    }

    /// <summary>The passages of the document at a path, by meaning: they need not hold a word of its name.</summary>
    private async Task<FoundCandidates?> FindAtAsync(
        Principal principal, SearchPlan plan, string path, AccessFilter access, CancellationToken cancellationToken)
    {
        var id = DocumentIds.For(access.Tenant, path);
        if (plan.Filters?.Documents is { } wanted && !wanted.Contains(id, StringComparer.Ordinal))
            return null;
        var at = plan with
        {
            Mode = SearchMode.Hybrid,
            Reason = "Passages of the document at that path.",
            Filters = (plan.Filters ?? new SearchFilters()) with { Documents = [id] },
        };
        return await candidates.FindAsync(principal, at, access, cancellationToken);
    }
}
