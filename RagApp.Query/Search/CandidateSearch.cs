using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Routing;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>
/// Searches the index by a plan: 1. embeds the texts, except for a keyword search; 2. searches both lists for each text, with
/// the principal's access filter; 3. merges the lists; 4. for a quoted phrase, keeps only passages that have it.
/// </summary>
internal sealed class CandidateSearch(IChunkIndex index, QuestionVectors vectors)
{
    /// <summary>Largest number of tries when the index changes its embedding model during the search.</summary>
    private const int Attempts = 3;

    /// <summary>
    /// Embeds the question with the index's embedding model. When the index has changed to another model in the meantime, its
    /// answer names that model, and the search is repeated.
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
        using var activity = Spans.Source.StartActivity(Spans.Stages.SearchIndex)
            ?.SetTag(Spans.Tags.Mode, Telemetry.ModeName(mode))
            .SetTag(Spans.Tags.Model, question?.Model)
            .SetTag(Spans.Tags.Texts, plan.Texts.Count)
            .SetTag(Spans.Tags.HasFilters, filters is not null);
        var offered = await Task.WhenAll(plan.Texts.Select((text, i) => index.SearchAsync(
            new ChunkQuery(mode == SearchMode.Semantic ? null : $"{text} {plan.OtherForms}", question?.Vectors?[i], question?.Model, plan.Limit) { Filters = filters },
            access,
            cancellationToken)));
        activity?.SetTag(Spans.Tags.KeywordCandidates, offered.Sum(list => list.Keyword.Count))
            .SetTag(Spans.Tags.SemanticCandidates, offered.Sum(list => list.Semantic.Count));
        return offered;
    }
}
