using RagApp.Contracts.Search;
using RagApp.Text.Analysis;

namespace RagApp.Query.Results;

/// <summary>
/// Selects the hits to show, best first. 1. A passage whose runs of three words all occur in a hit already shown is left out as a
/// duplicate; a passage that differs by one word stays, since that word may be the answer. 2. A passage next to a hit of the same
/// document is joined to that hit. 3. The score of a passage is halved when it is nearly the same as a hit, and halved when its
/// document has used its places; passages with a better score then go first. 4. Any other passage becomes a hit.
/// </summary>
internal sealed class Diversifier(ITextAnalysis analysis, ResultsOptions options)
{
    /// <summary>Jaccard similarity of word runs above which two passages are nearly the same; tables of one form stay below it.</summary>
    private const double NearlySame = 0.5;

    /// <summary>Factor applied to the score for each reason in step 3.</summary>
    private const double Remainder = 0.5;

    private readonly List<ShownHit> _shown = [];

    public int Duplicates { get; private set; }

    public int Joined { get; private set; }

    /// <summary>Number of hits that moved behind a hit that was ranked below them.</summary>
    public int Postponed { get; private set; }

    /// <param name="ranked">Passages, best first.</param>
    /// <param name="top">Largest number of hits to show.</param>
    public IReadOnlyList<SearchHit> Choose(IReadOnlyList<ScoredHit> ranked, int top)
    {
        // Penalties only grow, so a queued score is never too low: every passage is looked at again in time.
        var waiting = new PriorityQueue<Ranked, (double Negative, int Rank)>();
        for (var rank = 0; rank < ranked.Count; rank++)
            waiting.Enqueue(new Ranked(ranked[rank], rank), (-ranked[rank].Score, rank));

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

    private bool IsDuplicate(Ranked candidate)
    {
        var same = _shown.Find(hit => hit.Shingles.Exists(shown => ShinglesOf(candidate).IsWithin(shown)));
        if (same is null)
            return false;
        same.StandsAlsoIn(candidate.Scored.Hit.DocumentId);
        Duplicates++;
        return true;
    }

    private bool IsJoined(Ranked candidate)
    {
        var beside = _shown.FindAll(hit => hit.IsNextTo(candidate.Scored.Hit));
        if (beside.Find(hit => hit.Parts < options.MaxJoined) is not { } hit)
            return false;
        hit.Join(candidate.Scored.Hit, ShinglesOf(candidate));
        Joined++;
        // A passage that closes the gap between two hits makes them one.
        if (beside.Count == 2 && beside[0].Parts + beside[1].Parts <= options.MaxJoined)
        {
            beside[0].Join(beside[1]);
            _shown.Remove(beside[1]);
            Joined++;
        }
        return true;
    }

    private double Remaining(Ranked candidate)
    {
        var places = _shown.Count(hit => hit.DocumentId == candidate.Scored.Hit.DocumentId);
        return (IsNearlyShown(candidate) ? Remainder : 1) * (places < options.PerDocument ? 1 : Remainder);
    }

    private bool IsNearlyShown(Ranked candidate) =>
        _shown.Exists(hit => hit.Shingles.Exists(shown => ShinglesOf(candidate).SimilarityTo(shown) > NearlySame));

    private Shingles ShinglesOf(Ranked candidate) => candidate.Shingles ??= new Shingles(candidate.Scored.Hit.Text, analysis);

    private sealed class Ranked(ScoredHit scored, int rank)
    {
        public ScoredHit Scored => scored;

        public int Rank => rank;

        public Shingles? Shingles { get; set; }
    }
}
