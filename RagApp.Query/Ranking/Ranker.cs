using System.Diagnostics.CodeAnalysis;
using RagApp.Contracts.Search;
using RagApp.Storage.Index;

namespace RagApp.Query.Ranking;

/// <summary>Makes one ranking, best first, of what an index offers for a question.</summary>
internal sealed class Ranker
{
    /// <param name="question">As the person asked it.</param>
    /// <param name="semanticWeight">Weight of the dense list, 0 to 1.</param>
    /// <param name="top">Most hits that are returned.</param>
    [SuppressMessage("Performance", "CA1822", Justification = "A service, as its callers take it.")]
    public IReadOnlyList<SearchHit> Rank(ChunkCandidates candidates, string question, double semanticWeight, int top) =>
        Fusion.Fuse(candidates, semanticWeight, top);
}
