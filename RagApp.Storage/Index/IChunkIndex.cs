using RagApp.Contracts.Search;
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

    /// <summary>How many chunks <paramref name="filter"/> opens, of those that <paramref name="narrowing"/> leaves.</summary>
    Task<long> CountAsync(SearchFilters? narrowing, AccessFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// For each of these words that no chunk opened by <paramref name="filter"/> has: the word most like it that one
    /// has. Words that are there, or that nothing is like, are left out. What a person may not read corrects nothing.
    /// </summary>
    /// <param name="words">Lower-cased, not stemmed.</param>
    Task<IReadOnlyDictionary<string, string>> CorrectAsync(
        IReadOnlyCollection<string> words, AccessFilter filter, CancellationToken cancellationToken);

    /// <summary>The model that a question to this tenant's index is embedded with; null when there is no index yet.</summary>
    Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Opens what the first searches after a start would have to open, by a search that is nobody's and whose results nobody
    /// sees. An index behind a server has nothing to open.
    /// </summary>
    Task OpenAsync(ChunkQuery practice, CancellationToken cancellationToken) => Task.CompletedTask;
}
