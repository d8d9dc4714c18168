using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>Both lists on their way, by point.</summary>
internal sealed class FoundLists(IReadOnlyList<QdrantHit> keyword, IReadOnlyList<QdrantHit> semantic)
{
    private readonly Dictionary<Guid, double> _keyword = ScoresOf(keyword);
    private readonly Dictionary<Guid, double> _semantic = ScoresOf(semantic);

    private readonly Dictionary<Guid, FoundChunk> _chunks = keyword.Concat(semantic).DistinctBy(hit => hit.Id)
        .ToDictionary(hit => hit.Id, hit => ChunkPayload.ReadFound(hit.Payload));

    /// <summary>What only the dense list found.</summary>
    public IReadOnlyList<Guid> WithoutKeyword => [.. _semantic.Keys.Where(id => !_keyword.ContainsKey(id))];

    /// <summary>What only the keyword list found.</summary>
    public IReadOnlyList<Guid> WithoutSemantic => [.. _keyword.Keys.Where(id => !_semantic.ContainsKey(id))];

    /// <summary>Each list's own score for what only the other one found.</summary>
    public void Complete(IEnumerable<QdrantHit> keywordOfOthers, IEnumerable<QdrantHit> semanticOfOthers)
    {
        foreach (var hit in keywordOfOthers)
            _keyword[hit.Id] = hit.Score;
        foreach (var hit in semanticOfOthers)
            _semantic[hit.Id] = hit.Score;
    }

    /// <summary>Best first. Of a document that two versions were seen of, while one took the other's place, the newer stays.</summary>
    public ChunkCandidates ToCandidates()
    {
        var newest = _chunks.Values.GroupBy(chunk => chunk.DocumentId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(chunk => chunk.Version), StringComparer.Ordinal);
        return new ChunkCandidates(
            [.. Scored(_keyword).Where(found => found.Score > 0)],
            [.. Scored(_semantic)]);

        IEnumerable<ScoredChunk> Scored(Dictionary<Guid, double> scores) =>
            from score in scores
            let chunk = _chunks[score.Key]
            where chunk.Version == newest[chunk.DocumentId]
            orderby score.Value descending, chunk.DocumentId, chunk.Ordinal
            select new ScoredChunk(chunk, score.Value);
    }

    private static Dictionary<Guid, double> ScoresOf(IReadOnlyList<QdrantHit> hits) => hits.ToDictionary(hit => hit.Id, hit => (double)hit.Score);
}
