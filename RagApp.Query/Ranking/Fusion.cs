namespace RagApp.Query.Ranking;

/// <summary>
/// Puts the scores of both lists on one scale and adds them: the cosine by its distance from the best cosine, BM25 as a share
/// of the best BM25 score, since BM25 starts at 0. Rank fusion (RRF) and min-max scaling were measured and were worse.
/// </summary>
internal sealed class Fusion
{
    private readonly double _semanticWeight;
    private readonly double _bestKeyword;
    private readonly double _bestSemantic;
    private readonly double _spread;

    /// <param name="candidates">All candidates that are ranked together.</param>
    /// <param name="semanticWeight">Weight of the cosine, 0 to 1; BM25 has the rest.</param>
    public Fusion(IReadOnlyList<Candidate> candidates, double semanticWeight)
    {
        _semanticWeight = semanticWeight;
        _bestKeyword = candidates.Max(candidate => candidate.Keyword) ?? 0;
        _bestSemantic = candidates.Max(candidate => candidate.Semantic) ?? 0;
        _spread = Math.Max(_bestSemantic - (candidates.Min(candidate => candidate.Semantic) ?? 0), RankingWeights.LeastSpread);
    }

    /// <param name="keywordWeight">Weight of BM25 relative to the cosine's weight of 1.</param>
    public double Of(Candidate candidate, double keywordWeight) =>
        (_semanticWeight * Semantic(candidate)) + ((1 - _semanticWeight) * keywordWeight * Keyword(candidate));

    /// <summary>Cosine on the common scale, 0 to 1.</summary>
    private double Semantic(Candidate candidate) =>
        candidate.Semantic is { } cosine ? Math.Max(0, 1 - ((_bestSemantic - cosine) / _spread)) : 0;

    /// <summary>BM25 on the common scale, 0 to 1.</summary>
    private double Keyword(Candidate candidate) =>
        candidate.Keyword is { } score && _bestKeyword > 0 ? score / _bestKeyword : 0;
}
