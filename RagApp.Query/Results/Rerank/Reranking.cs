using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;

namespace RagApp.Query.Results.Rerank;

/// <summary>
/// Orders the best passages by a reranker, when there is one and it answers in time; otherwise the fused order stays.
/// </summary>
internal sealed class Reranking(IOptions<RerankOptions> options, TimeProvider time, ILogger<Reranking> logger, IReranker? reranker = null)
{
    /// <returns>The passages with what they are ordered by, best first, and how it went; the outcome is null without a reranker.</returns>
    public async Task<(IReadOnlyList<ScoredHit> Hits, string? Outcome)> OrderAsync(
        string question, IReadOnlyList<SearchHit> ranked, CancellationToken cancellationToken)
    {
        if (reranker is null || ranked.Count < 2)
            return (AsRanked(ranked), null);

        using var activity = Spans.Start(Spans.Stages.Rerank);
        var (hits, outcome) = await OrderAsync(reranker, question, ranked, cancellationToken);
        activity?.SetTag(Spans.Tags.Candidates, Math.Min(ranked.Count, options.Value.Candidates)).SetTag(Spans.Tags.RerankOutcome, outcome);
        return (hits, outcome);
    }

    private async Task<(IReadOnlyList<ScoredHit> Hits, string Outcome)> OrderAsync(
        IReranker judge, string question, IReadOnlyList<SearchHit> ranked, CancellationToken cancellationToken)
    {
        var judged = ranked.Take(options.Value.Candidates).ToList();
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var scores = await judge.ScoreAsync(question, [.. judged.Select(hit => hit.Text)], either.Token);
            return (Order(ranked, judged, scores), Outcomes.Reranked);
        }
        catch (Exception exception) when (exception is HttpRequestException or FormatException or IOException)
        {
            logger.RerankerFailed(exception);
            return (AsRanked(ranked), Outcomes.Failed);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.RerankerFailed(exception);
            return (AsRanked(ranked), Outcomes.Timeout);
        }
    }

    /// <summary>The order stays, also where a passage stands before one of a higher score, as one that is named does.</summary>
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

    /// <summary>Those that were judged by their scores, the fused order deciding between equals; the others follow as they were.</summary>
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
