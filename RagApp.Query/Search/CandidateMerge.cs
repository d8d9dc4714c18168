using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>
/// Merges the results of several wordings into one keyword list and one semantic list; a passage keeps its best score. A
/// rewritten question has more of the words that matter, so its passages come first; passages that only the question as asked
/// finds stay in the list.
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
