using RagApp.Contracts.Search;

namespace RagApp.Query.Results;

/// <summary>A hit to be shown: its best passage, the neighbours joined to it, and the other documents with the same text.</summary>
internal sealed class ShownHit(SearchHit best, int rank, Shingles shingles)
{
    private const string Break = "\n\n";

    private readonly SortedList<int, SearchHit> _parts = new() { [best.Ordinal] = best };
    private readonly SortedSet<string> _alsoIn = new(StringComparer.Ordinal);

    /// <summary>Rank of the best passage in the search, from 0.</summary>
    public int Rank => rank;

    public string DocumentId => best.DocumentId;

    /// <summary>Shingles of each passage of the hit.</summary>
    public List<Shingles> Shingles { get; } = [shingles];

    public int Parts => _parts.Count;

    /// <summary>True when <paramref name="other"/> directly precedes or follows this hit in the same version of the document.</summary>
    public bool IsNextTo(SearchHit other) =>
        other.DocumentId == best.DocumentId && other.Version == best.Version
        && (other.Ordinal == _parts.Keys[0] - 1 || other.Ordinal == _parts.Keys[^1] + 1);

    public void Join(SearchHit neighbour, Shingles shingles)
    {
        _parts.Add(neighbour.Ordinal, neighbour);
        Shingles.Add(shingles);
    }

    public void Join(ShownHit behind)
    {
        foreach (var (ordinal, part) in behind._parts)
            _parts.Add(ordinal, part);
        Shingles.AddRange(behind.Shingles);
        _alsoIn.UnionWith(behind._alsoIn);
    }

    /// <summary>Adds a document that has the same text and is not shown.</summary>
    public void StandsAlsoIn(string documentId)
    {
        if (documentId != best.DocumentId)
            _alsoIn.Add(documentId);
    }

    public SearchHit ToHit() => best with
    {
        Text = string.Join(Break, _parts.Values.Select(part => part.Text)),
        Parts = _parts.Count == 1 ? null : [.. _parts.Values],
        AlsoIn = _alsoIn.Count == 0 ? null : [.. _alsoIn],
    };
}
