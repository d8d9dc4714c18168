using RagApp.Contracts.Search;
using RagApp.Storage.Access;

namespace RagApp.Storage.Index;

/// <summary>Searches chunks by keywords and by vectors, under a permission filter.</summary>
public interface IChunkIndex
{
    /// <summary>
    /// Finds the best chunks by BM25 and the best by cosine similarity, as two lists with scores of their own, best first; the
    /// caller fuses them. No list has a chunk that <paramref name="filter"/> does not allow.
    /// </summary>
    Task<ChunkCandidates> SearchAsync(ChunkQuery query, AccessFilter filter, CancellationToken cancellationToken);

    /// <summary>Number of chunks that <paramref name="filter"/> allows and <paramref name="narrowing"/> matches.</summary>
    Task<long> CountAsync(SearchFilters? narrowing, AccessFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Spelling corrections for the words that no allowed chunk has: the most similar word of an allowed chunk, by misspelt
    /// word. Words that exist, or that have no similar word, are left out. Only text that the caller may read is used.
    /// </summary>
    /// <param name="words">Words in lower case, not stemmed.</param>
    Task<IReadOnlyDictionary<string, string>> CorrectAsync(
        IReadOnlyCollection<string> words, AccessFilter filter, CancellationToken cancellationToken);

    /// <summary>The model that questions to this tenant's index must be embedded with; null when there is no index yet.</summary>
    Task<string?> FindModelAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Warms the index up after a start, with a search in the name of no person whose results are discarded. Does nothing for
    /// an index on a server.
    /// </summary>
    Task OpenAsync(ChunkQuery practice, CancellationToken cancellationToken) => Task.CompletedTask;
}
