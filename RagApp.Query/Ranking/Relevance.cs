namespace RagApp.Query.Ranking;

/// <summary>
/// How likely it is that a passage is about the question. Two things are comparable between questions and embedding
/// models: how far the passage's cosine stands out among the candidates, and the share of the question's words that
/// the passage has. A logistic regression of questions with an answer against questions of other collections gave the
/// weights (docs/decisions/0008-ranking.md).
/// </summary>
internal sealed class Relevance
{
    private const double PerDeviation = 1.9;
    private const double PerWordShare = 13;
    private const double Offset = -10.7;

    /// <summary>Between languages words say nothing: half of them are taken as found.</summary>
    private const double UnknownWordShare = 0.5;

    /// <summary>Among fewer candidates none stands out by more than chance: a good passage's deviation is assumed.</summary>
    private const int FewestCandidates = 30;

    private const double UnknownDeviation = 3;

    private readonly double _mean;
    private readonly double _deviation;

    /// <param name="candidates">All that the index offers for the question.</param>
    public Relevance(IReadOnlyList<Candidate> candidates)
    {
        var cosines = candidates.Where(candidate => candidate.Semantic is not null).Select(candidate => candidate.Semantic!.Value).ToList();
        IsComparable = cosines.Count >= FewestCandidates;
        if (!IsComparable)
            return;
        _mean = cosines.Average();
        _deviation = Math.Sqrt(cosines.Average(cosine => (cosine - _mean) * (cosine - _mean)));
    }

    /// <summary>Whether there is enough to compare with, so that a low value means that the answer is not there.</summary>
    public bool IsComparable { get; }

    /// <param name="covered">Share of the question's words that the passage has; null when it is in another language.</param>
    /// <returns>0 to 1.</returns>
    public double Of(Candidate candidate, double? covered)
    {
        var deviation = IsComparable && _deviation > 0 && candidate.Semantic is { } cosine ? (cosine - _mean) / _deviation : UnknownDeviation;
        return 1 / (1 + Math.Exp(-((PerDeviation * deviation) + (PerWordShare * (covered ?? UnknownWordShare)) + Offset)));
    }
}
