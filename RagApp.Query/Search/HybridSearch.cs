using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
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
    IOptions<SearchOptions> options,
    Telemetry telemetry)
{
    private const int DefaultTop = 10;

    public async Task<SearchResponse> SearchAsync(Principal principal, SearchRequest request, CancellationToken cancellationToken)
    {
        var filter = AccessFilter.For(principal);
        var asked = request.Mode ?? SearchMode.Hybrid;
        var top = request.Top ?? DefaultTop;
        using var activity = telemetry.StartSearch();

        // 1
        var question = asked == SearchMode.Keyword ? null : await vectors.EmbedAsync(principal, request.Query, cancellationToken);
        var mode = question is { Vector: null } ? SearchMode.Keyword : asked;

        // 2
        var query = new ChunkQuery(
            mode == SearchMode.Semantic ? null : request.Query,
            question?.Vector,
            question?.Model,
            Math.Max(top, options.Value.Candidates));
        var candidates = await index.SearchAsync(query, filter, cancellationToken);

        // 3
        var weight = mode switch
        {
            SearchMode.Keyword => 0,
            SearchMode.Semantic => 1,
            _ => question!.FusionWeight,
        };
        var hits = Fusion.Fuse(candidates, weight, top);

        // 4
        var explanation = new SearchExplanation(
            mode, Reason(request.Mode, question), candidates.Keyword.Count, candidates.Semantic.Count, weight);
        telemetry.Searched(activity, explanation, hits.Count, question?.Cause);
        return new SearchResponse(hits, explanation);
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
