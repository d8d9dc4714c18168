using RagApp.Storage.Index;

namespace RagApp.Query.Ranking;

/// <summary>A passage from the index, with its score in each list.</summary>
/// <param name="Keyword">BM25 score, above 0; null when the passage has no word of the question.</param>
/// <param name="Semantic">Cosine similarity, -1 to 1; null when there is no semantic list.</param>
internal sealed record Candidate(FoundChunk Chunk, double? Keyword, double? Semantic)
{
    /// <summary>Joins both lists, each passage once. An index keeps one version of a document; if it returns two, the newer one is used.</summary>
    public static IReadOnlyList<Candidate> AllOf(ChunkCandidates offered)
    {
        var newest = offered.Keyword.Concat(offered.Semantic)
            .GroupBy(scored => scored.Chunk.DocumentId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(scored => scored.Chunk.Version), StringComparer.Ordinal);
        var keyword = ByPassage(offered.Keyword, newest);
        var semantic = ByPassage(offered.Semantic, newest);
        return
        [
            .. keyword.Keys.Union(semantic.Keys).Select(id =>
            {
                var (byWords, byMeaning) = (keyword.GetValueOrDefault(id), semantic.GetValueOrDefault(id));
                return new Candidate((byWords ?? byMeaning)!.Chunk, byWords?.Score, byMeaning?.Score);
            }),
        ];
    }

    private static Dictionary<(string DocumentId, int Ordinal), ScoredChunk> ByPassage(
        IReadOnlyList<ScoredChunk> list, Dictionary<string, int> newest) =>
        list.Where(scored => scored.Chunk.Version == newest[scored.Chunk.DocumentId])
            .DistinctBy(scored => (scored.Chunk.DocumentId, scored.Chunk.Ordinal))
            .ToDictionary(scored => (scored.Chunk.DocumentId, scored.Chunk.Ordinal));
}
