using System.Collections.Frozen;
using RagApp.Contracts.Search;
using RagApp.Text;

namespace RagApp.Storage.Index;

/// <summary>The chunks that an index finds for a query: a keyword list and a dense list, best first.</summary>
/// <param name="Keyword">Keyword list, with BM25 scores above 0.</param>
/// <param name="Semantic">Dense list, with cosine similarities from -1 to 1.</param>
public sealed record ChunkCandidates(IReadOnlyList<ScoredChunk> Keyword, IReadOnlyList<ScoredChunk> Semantic)
{
    /// <summary>
    /// Embedding model of the searched generation; null when there is no index. When it differs from the question's model, the
    /// index was switched meanwhile and the dense list is empty: the caller embeds the question again and repeats the search.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>
    /// Inverse document frequency (<see cref="Idf.Bm25"/>) of each term of the question, among the chunks that the asker may
    /// read; terms that none of these chunks has are left out. Empty when no words were searched, or the index has no counts.
    /// </summary>
    public IReadOnlyDictionary<string, double> TermWeights { get; init; } = FrozenDictionary<string, double>.Empty;
}

public sealed record ScoredChunk(FoundChunk Chunk, double Score);

/// <summary>A chunk as a search returns it, identified by DocumentId, Version and Ordinal.</summary>
public sealed record FoundChunk(
    string DocumentId,
    int Version,
    int Ordinal,
    string Path,
    string Title,
    string Section,
    int? Page,
    string Text,
    DocumentProperties Properties);
