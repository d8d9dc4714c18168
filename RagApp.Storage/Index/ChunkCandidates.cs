using System.Collections.Frozen;
using RagApp.Contracts.Search;

namespace RagApp.Storage.Index;

/// <summary>What an index offers for a query: two lists, best first.</summary>
/// <param name="Keyword">Scored by BM25, above 0.</param>
/// <param name="Semantic">Scored by cosine, -1 to 1.</param>
public sealed record ChunkCandidates(IReadOnlyList<ScoredChunk> Keyword, IReadOnlyList<ScoredChunk> Semantic)
{
    /// <summary>
    /// The model of the generation that was searched; null when there is no index. When it is not the question's, the
    /// index was switched in between and the dense list is empty for that reason alone: embed again and search again.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>
    /// How rare each term of the question is among the chunks that the asker may read, by <see cref="Bm25.Idf"/>; without
    /// those that none of them has. Empty when no words were searched for, or when the index cannot say.
    /// </summary>
    public IReadOnlyDictionary<string, double> TermWeights { get; init; } = FrozenDictionary<string, double>.Empty;
}

public sealed record ScoredChunk(FoundChunk Chunk, double Score);

/// <summary>A chunk as the index returns it; (DocumentId, Version, Ordinal) identifies it.</summary>
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
