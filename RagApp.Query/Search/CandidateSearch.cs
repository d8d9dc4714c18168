using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Routing;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>
/// Puts a plan to the index: 1. the vectors of its texts, unless keywords alone were wanted; 2. both lists for each
/// text under the principal's filter; 3. one list of each kind; 4. of a quoted phrase, only passages that have it.
/// </summary>
internal sealed class CandidateSearch(IChunkIndex index, QuestionVectors vectors)
{
    /// <summary>How often a question is put when the index changes its model under it.</summary>
    private const int Attempts = 3;

    /// <summary>
    /// The question is embedded with the model of the index that it is put to. When that index went over to another
    /// model in between, the answer says so, and the question is put again.
    /// </summary>
    public async Task<FoundCandidates> FindAsync(Principal principal, SearchPlan plan, AccessFilter access, CancellationToken cancellationToken)
    {
        var filters = plan.FoundFilters is { } found ? QuestionFilters.And(plan.Filters, found) : plan.Filters;
        var model = plan.Mode == SearchMode.Keyword ? null : await index.FindModelAsync(access.Tenant, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var question = plan.Mode == SearchMode.Keyword ? null : await vectors.EmbedAsync(principal, plan.Texts, model, cancellationToken); // 1
            var mode = question is { Vectors: null } ? SearchMode.Keyword : plan.Mode;
            var offered = await SearchIndexAsync(plan, mode, question, filters, access, cancellationToken); // 2
            if (mode == SearchMode.Keyword || attempt == Attempts
                || offered.FirstOrDefault(list => list.Model is { } searched && searched != question!.Model) is not { } other)
            {
                var candidates = CandidateMerge.Merge(offered); // 3
                return new FoundCandidates(plan, mode, question, plan.Exact is { } exact ? exact.Narrow(candidates) : candidates); // 4
            }
            model = other.Model;
        }
    }

    private async Task<ChunkCandidates[]> SearchIndexAsync(
        SearchPlan plan, SearchMode mode, QuestionVector? question, SearchFilters? filters, AccessFilter access, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.SearchIndex)
            ?.SetTag(Spans.Tags.Mode, Telemetry.ModeName(mode))
            .SetTag(Spans.Tags.Model, question?.Model)
            .SetTag(Spans.Tags.Texts, plan.Texts.Count)
            .SetTag(Spans.Tags.HasFilters, filters is not null);
        var offered = await Task.WhenAll(plan.Texts.Select((text, i) => index.SearchAsync(
            new ChunkQuery(mode == SearchMode.Semantic ? null : text, question?.Vectors?[i], question?.Model, plan.Limit) { Filters = filters },
            access,
            cancellationToken)));
        activity?.SetTag(Spans.Tags.KeywordCandidates, offered.Sum(list => list.Keyword.Count))
            .SetTag(Spans.Tags.SemanticCandidates, offered.Sum(list => list.Semantic.Count));
        return offered;
    }
}
