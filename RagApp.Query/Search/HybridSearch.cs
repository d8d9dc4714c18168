using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Query.Ranking;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>
/// One search: 1. the question's vector, unless keywords alone were asked for; 2. both lists of the index under
/// the principal's filter; 3. their fusion; 4. how it was done.
/// </summary>
internal sealed class HybridSearch(
    IChunkIndex index,
    QuestionVectors vectors,
    Ranker ranker,
    IOptions<SearchOptions> options,
    Telemetry telemetry)
{
    private const int DefaultTop = 10;

    /// <summary>How often a question is put when the index changes its model under it.</summary>
    private const int Attempts = 3;

    public async Task<SearchResponse> SearchAsync(Principal principal, SearchRequest request, CancellationToken cancellationToken)
    {
        var filter = AccessFilter.For(principal);
        var asked = request.Mode ?? SearchMode.Hybrid;
        var top = request.Top ?? DefaultTop;
        using var activity = telemetry.StartSearch();

        // 1 and 2
        var (question, mode, candidates) = await FindAsync(principal, request, asked, top, filter, cancellationToken);

        // 3
        var weight = mode switch
        {
            SearchMode.Keyword => 0,
            SearchMode.Semantic => 1,
            _ => question!.FusionWeight,
        };
        var hits = ranker.Rank(candidates, request.Query, weight, top);

        // 4
        var explanation = new SearchExplanation(
            mode, Reason(request.Mode, question), candidates.Keyword.Count, candidates.Semantic.Count, weight);
        telemetry.Searched(activity, explanation, hits.Count, question?.Cause);
        return new SearchResponse(hits, explanation);
    }

    /// <summary>
    /// The question is embedded with the model of the index that it is put to. When that index went over to another
    /// model in between, the answer says so, and the question is put again.
    /// </summary>
    private async Task<(QuestionVector? Question, SearchMode Mode, ChunkCandidates Candidates)> FindAsync(
        Principal principal, SearchRequest request, SearchMode asked, int top, AccessFilter filter, CancellationToken cancellationToken)
    {
        var model = asked == SearchMode.Keyword ? null : await index.FindModelAsync(filter.Tenant, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var question = asked == SearchMode.Keyword ? null : await vectors.EmbedAsync(principal, request.Query, model, cancellationToken);
            var mode = question is { Vector: null } ? SearchMode.Keyword : asked;
            var query = new ChunkQuery(
                mode == SearchMode.Semantic ? null : request.Query,
                question?.Vector,
                question?.Model,
                Math.Max(top, options.Value.Candidates));
            var candidates = await index.SearchAsync(query, filter, cancellationToken);
            if (mode == SearchMode.Keyword || candidates.Model is not { } searched || searched == question!.Model || attempt == Attempts)
                return (question, mode, candidates);
            model = searched;
        }
    }

    private static string Reason(SearchMode? asked, QuestionVector? question) => (asked, question) switch
    {
        (_, { Reason: { } reason }) => reason,
        (null, _) => "Keywords and meaning together, the default.",
        (SearchMode.Hybrid, _) => "Keywords and meaning together, as asked for.",
        (SearchMode.Keyword, _) => "Keywords alone, as asked for.",
        (SearchMode.Semantic, _) => "Meaning alone, as asked for.",
        _ => throw new UnreachableException(),
    };
}
