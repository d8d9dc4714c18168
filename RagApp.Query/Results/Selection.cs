using RagApp.Contracts.Search;
using RagApp.Storage.Analysis;

namespace RagApp.Query.Results;

/// <summary>
/// Chooses what is shown, from the best passage on: 1. A passage whose words all stand, in the same order, in one
/// that is shown already is left out; one with a single other word is not, since that word may be the answer.
/// 2. A passage beside one that is shown is joined to it and takes no place of its own. 3. A passage that says
/// nearly the same as one that is shown, or whose document has had its share of places, lets those pass that are
/// better than what is left of its score. 4. Otherwise it is shown.
/// </summary>
internal sealed class Selection(ITextAnalysis analysis, ResultsOptions options)
{
    /// <summary>Passages with more of their runs of words in common say nearly the same; tables of one form have fewer.</summary>
    private const double NearlySame = 0.5;

    /// <summary>What remains of a score for each reason to let others pass.</summary>
    private const double Remainder = 0.5;

    private readonly List<ShownHit> _shown = [];

    public int Duplicates { get; private set; }

    public int Joined { get; private set; }

    /// <summary>Hits that stand behind one that was ranked below them.</summary>
    public int Postponed { get; private set; }

    /// <param name="ranked">Best first.</param>
    /// <param name="top">Most hits that are shown.</param>
    public IReadOnlyList<SearchHit> Choose(IReadOnlyList<ScoredHit> ranked, int top)
    {
        // Losses only grow, so that a passage which waits with the score it had is looked at again in time.
        var waiting = new PriorityQueue<Candidate, (double Negative, int Rank)>();
        for (var rank = 0; rank < ranked.Count; rank++)
            waiting.Enqueue(new Candidate(ranked[rank], rank), (-ranked[rank].Score, rank));

        while (_shown.Count < top && waiting.TryDequeue(out var next, out _))
        {
            if (IsDuplicate(next) || IsJoined(next)) // 1, 2
                continue;
            var score = next.Scored.Score * Remaining(next);
            if (waiting.TryPeek(out _, out var other) && score < -other.Negative) // 3
                waiting.Enqueue(next, (-score, next.Rank));
            else // 4
                _shown.Add(new ShownHit(next.Scored.Hit, next.Rank, ShinglesOf(next)));
        }
        Postponed = _shown.Where((hit, i) => _shown.Take(i).Any(before => before.Rank > hit.Rank)).Count();
        return [.. _shown.Select(hit => hit.ToHit())];
    }

    private bool IsDuplicate(Candidate candidate)
    {
        var same = _shown.Find(hit => hit.Shingles.Exists(shown => ShinglesOf(candidate).IsWithin(shown)));
        if (same is null)
            return false;
        same.StandsAlsoIn(candidate.Scored.Hit.DocumentId);
        Duplicates++;
        return true;
    }

    private bool IsJoined(Candidate candidate)
    {
        var beside = _shown.FindAll(hit => hit.IsNextTo(candidate.Scored.Hit));
        if (beside.Find(hit => hit.Parts < options.MaxJoined) is not { } hit)
            return false;
        hit.Join(candidate.Scored.Hit, ShinglesOf(candidate));
        Joined++;
        // Where it closes the gap between two hits they become one.
        if (beside.Count == 2 && beside[0].Parts + beside[1].Parts <= options.MaxJoined)
        {
            beside[0].Join(beside[1]);
            _shown.Remove(beside[1]);
            Joined++;
        }
        return true;
    }

    private double Remaining(Candidate candidate)
    {
        var places = _shown.Count(hit => hit.DocumentId == candidate.Scored.Hit.DocumentId);
        return (IsNearlyShown(candidate) ? Remainder : 1) * (places < options.PerDocument ? 1 : Remainder);
    }

    private bool IsNearlyShown(Candidate candidate) =>
        _shown.Exists(hit => hit.Shingles.Exists(shown => ShinglesOf(candidate).SimilarityTo(shown) > NearlySame));

    private Shingles ShinglesOf(Candidate candidate) => candidate.Shingles ??= new Shingles(candidate.Scored.Hit.Text, analysis);

    private sealed class Candidate(ScoredHit scored, int rank)
    {
        public ScoredHit Scored => scored;

        public int Rank => rank;

        public Shingles? Shingles { get; set; }
    }
}
