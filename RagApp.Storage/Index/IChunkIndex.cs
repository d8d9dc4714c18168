using RagApp.Storage.Access;

namespace RagApp.Storage.Index;

/// <summary>Finds chunks by words and by meaning, under a permission filter.</summary>
public interface IChunkIndex
{
    /// <summary>
    /// The best chunks by BM25 and the best by cosine, each list with its own scores and best first; fusing
    /// them is the caller's. A chunk that <paramref name="filter"/> does not allow is in neither.
    /// </summary>
    Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken);

    /// <summary>The model that a question to this tenant's index is embedded with; null when there is no index yet.</summary>
    Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken);
}
