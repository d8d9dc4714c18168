using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Rerank;
using RagApp.Contracts.Search;

namespace RagApp.Query.Results;

/// <summary>
/// Sorts the best passages by the scores of the embedding service's reranker; without one, or when it fails or is late, the order stays.
/// </summary>
internal sealed class Reranking(IOptions<ResultsOptions> options, TimeProvider time, ILogger<Reranking> logger, RerankClient? reranker = null)
{
    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Value.RerankTimeout).Build();

    /// <returns>The passages with the score they are sorted by, best first, and the outcome, which is null without a reranker.</returns>
    public async Task<(IReadOnlyList<ScoredHit> Hits, string? Outcome)> OrderAsync(
        Principal principal, string question, IReadOnlyList<SearchHit> ranked, CancellationToken cancellationToken)
    {
        if (reranker is null || ranked.Count < 2)
            return (AsRanked(ranked), null);

        using var activity = Spans.Source.StartActivity(Spans.Stages.Rerank);
        var (hits, outcome) = await OrderAsync(reranker, principal, question, ranked, cancellationToken);
        activity?.SetTag(Spans.Tags.Candidates, Math.Min(ranked.Count, options.Value.RerankCandidates)).SetTag(Spans.Tags.RerankOutcome, outcome);
        return (hits, outcome);
    }

    private async Task<(IReadOnlyList<ScoredHit> Hits, string Outcome)> OrderAsync(
        RerankClient client, Principal principal, string question, IReadOnlyList<SearchHit> ranked, CancellationToken cancellationToken)
    {
        var judged = ranked.Take(options.Value.RerankCandidates).ToList();
        try
        {
            var scores = await _timeout.ExecuteAsync(
                async token => await ScoreAsync(client, principal, question, judged, token), cancellationToken);
            return (Order(ranked, judged, scores), Outcomes.Reranked);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or JsonException or FormatException or IOException)
        {
            logger.RerankerFailed(exception);
            return (AsRanked(ranked), Outcomes.Failed);
        }
        catch (TimeoutRejectedException exception)
        {
            logger.RerankerFailed(exception);
            return (AsRanked(ranked), Outcomes.Timeout);
        }
    }

    /// <returns>The score of each passage, 0 to 1, in the order of the passages.</returns>
    /// <exception cref="ApiException">The embedding service cannot rerank.</exception>
    /// <exception cref="FormatException">The response does not hold one score for each passage.</exception>
    private static async Task<IReadOnlyList<double>> ScoreAsync(
        RerankClient client, Principal principal, string question, List<SearchHit> passages, CancellationToken cancellationToken)
    {
        var request = new RerankRequest(question, [.. passages.Select(hit => hit.Text)]);
        var results = (await client.RerankAsync(principal, request, cancellationToken)).Results.OrderBy(result => result.Index).ToList();
        return results.Select(result => result.Index).SequenceEqual(Enumerable.Range(0, passages.Count))
            ? [.. results.Select(result => result.RelevanceScore)]
            : throw new FormatException("The embedding service left out passages, or names one twice.");
    }

    /// <summary>Keeps the order. A passage of a named document may stand before one with a higher score; it then gets that score.</summary>
    private static List<ScoredHit> AsRanked(IReadOnlyList<SearchHit> ranked)
    {
        var hits = new List<ScoredHit>(ranked.Count);
        var highest = 0.0;
        foreach (var hit in ranked.Reverse())
        {
            highest = Math.Max(highest, hit.Score);
            hits.Add(new ScoredHit(hit, highest));
        }
        hits.Reverse();
        return hits;
    }

    /// <summary>
    /// Sorts the scored passages by score, equal scores in the order before; the passages that were not scored follow in their
    /// order.
    /// </summary>
    private static List<ScoredHit> Order(IReadOnlyList<SearchHit> ranked, List<SearchHit> judged, IReadOnlyList<double> scores)
    {
        var lowest = scores.Min();
        return
        [
            .. judged
                .Select((hit, i) => new ScoredHit(hit with { RerankScore = scores[i] }, scores[i]))
                .OrderByDescending(scored => scored.Score),
            .. AsRanked([.. ranked.Skip(judged.Count)]).Select(scored => scored with { Score = scored.Score * lowest }),
        ];
    }

    private static class Outcomes
    {
        public const string Reranked = "reranked";
        public const string Timeout = "timeout";
        public const string Failed = "failed";
    }
}
