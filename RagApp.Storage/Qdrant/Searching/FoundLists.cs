using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Payloads;

namespace RagApp.Storage.Qdrant.Searching;

/// <summary>
/// The two lists of a search in progress, with scores by point. When two versions of a document were found, because one is
/// replacing the other, only chunks of the newer one are returned.
/// </summary>
internal sealed class FoundLists
{
    private readonly Dictionary<Guid, double> _keyword;
    private readonly Dictionary<Guid, double> _semantic;
    private readonly Dictionary<Guid, FoundChunk> _chunks;

    /// <summary>Takes the found points, except those that any replica does not allow the asker to read.</summary>
    public FoundLists(IReadOnlyList<FoundPoint> keyword, IReadOnlyList<FoundPoint> semantic, AccessFilter filter)
    {
        var closed = keyword.Concat(semantic).Where(point => !point.IsOpenTo(filter)).Select(point => point.Id).ToHashSet();
        _keyword = keyword.Where(point => !closed.Contains(point.Id)).ToDictionary(point => point.Id, point => (double)point.Score);
        _semantic = semantic.Where(point => !closed.Contains(point.Id)).ToDictionary(point => point.Id, point => (double)point.Score);
        _chunks = keyword.Concat(semantic).Where(point => !closed.Contains(point.Id)).DistinctBy(point => point.Id)
            .ToDictionary(point => point.Id, point => ChunkPayload.ReadFound(point.Payload));
        Newest = _chunks.Values.GroupBy(chunk => chunk.DocumentId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(chunk => chunk.Version), StringComparer.Ordinal);
    }

    /// <summary>The newest found version of each document.</summary>
    public IReadOnlyDictionary<string, int> Newest { get; }

    /// <summary>Documents of which several versions were found, none of them completely perhaps.</summary>
    public IReadOnlyCollection<string> Mixed =>
        [.. _chunks.Values.Where(chunk => chunk.Version != Newest[chunk.DocumentId]).Select(chunk => chunk.DocumentId).Distinct(StringComparer.Ordinal)];

    /// <summary>Points that only the dense list found.</summary>
    public IReadOnlyList<Guid> WithoutKeyword => [.. _semantic.Keys.Where(id => !_keyword.ContainsKey(id))];

    /// <summary>Points that only the keyword list found.</summary>
    public IReadOnlyList<Guid> WithoutSemantic => [.. _keyword.Keys.Where(id => !_semantic.ContainsKey(id))];

    /// <summary>Adds to each list its scores for the points that only the other list found.</summary>
    public void Complete(IEnumerable<FoundPoint> keywordOfOthers, IEnumerable<FoundPoint> semanticOfOthers)
    {
        foreach (var point in keywordOfOthers)
            _keyword[point.Id] = point.Score;
        foreach (var point in semanticOfOthers)
            _semantic[point.Id] = point.Score;
    }

    /// <summary>The two lists, best first.</summary>
    public ChunkCandidates ToCandidates()
    {
        return new ChunkCandidates(
            [.. Scored(_keyword).Where(found => found.Score > 0)],
            [.. Scored(_semantic)]);

        IEnumerable<ScoredChunk> Scored(Dictionary<Guid, double> scores) =>
            from score in scores
            let chunk = _chunks[score.Key]
            where chunk.Version == Newest[chunk.DocumentId]
            orderby score.Value descending, chunk.DocumentId, chunk.Ordinal
            select new ScoredChunk(chunk, score.Value);
    }
}
