namespace RagApp.Query.Ranking;

/// <summary>
/// Estimates the probability that a passage is about the question. It uses two values that are comparable between questions
/// and embedding models: the deviation of the passage's cosine from the mean of the candidates, and the share of the question's
/// words that the passage has. The weights are from a logistic regression of questions with an answer against questions of
/// other collections (docs/decisions/0008-ranking.md).
/// </summary>
internal sealed class Relevance
{
    private const double PerDeviation = 1.9;
    private const double PerWordShare = 13;
    private const double Offset = -10.7;

    /// <summary>Share assumed when question and passage are in different languages, since their words cannot be compared.</summary>
    private const double UnknownWordShare = 0.5;

    /// <summary>Fewest candidates for a meaningful deviation; with fewer, the deviation of a good passage is assumed.</summary>
    private const int FewestCandidates = 30;

    private const double UnknownDeviation = 3;

    private readonly double _mean;
    private readonly double _deviation;

    /// <param name="candidates">All candidates that the index returned for the question.</param>
    public Relevance(IReadOnlyList<Candidate> candidates)
    {
        var cosines = candidates.Where(candidate => candidate.Semantic is not null).Select(candidate => candidate.Semantic!.Value).ToList();
        IsComparable = cosines.Count >= FewestCandidates;
        if (!IsComparable)
            return;
        _mean = cosines.Average();
        _deviation = Math.Sqrt(cosines.Average(cosine => (cosine - _mean) * (cosine - _mean)));
    }

    /// <summary>True when there are enough candidates to compare, so that a low value means that the answer is not there.</summary>
    public bool IsComparable { get; }

    /// <param name="covered">Share of the question's words that the passage has; null when the passage is in another language.</param>
    /// <returns>The probability, 0 to 1.</returns>
    public double Of(Candidate candidate, double? covered)
    {
        var deviation = IsComparable && _deviation > 0 && candidate.Semantic is { } cosine ? (cosine - _mean) / _deviation : UnknownDeviation;
        return 1 / (1 + Math.Exp(-((PerDeviation * deviation) + (PerWordShare * (covered ?? UnknownWordShare)) + Offset)));
    }
}
