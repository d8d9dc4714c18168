using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>
/// Makes one keyword list and one dense list of what several texts found: a passage counts by the text that it fits
/// best. A rewritten question has more of the words that matter, so what fits it comes first; what only the question
/// as it was asked finds is still there.
/// </summary>
internal static class CandidateMerge
{
    public static ChunkCandidates Merge(IReadOnlyList<ChunkCandidates> offered) => offered is [var only]
        ? only
        : new ChunkCandidates(
            Merge(offered.SelectMany(candidates => candidates.Keyword)),
            Merge(offered.SelectMany(candidates => candidates.Semantic)))
        {
            Model = offered[0].Model,
            TermWeights = offered.SelectMany(candidates => candidates.TermWeights)
                .DistinctBy(term => term.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
        };

    private static IReadOnlyList<ScoredChunk> Merge(IEnumerable<ScoredChunk> scored) =>
    [
        .. scored
            .GroupBy(entry => (entry.Chunk.DocumentId, entry.Chunk.Version, entry.Chunk.Ordinal))
            .Select(group => group.MaxBy(entry => entry.Score)!)
            .OrderByDescending(entry => entry.Score)
            .ThenBy(entry => entry.Chunk.DocumentId, StringComparer.Ordinal)
            .ThenBy(entry => entry.Chunk.Ordinal),
    ];
}
