namespace RagApp.Storage.Index;

/// <summary>What an index offers for a query: two lists, best first.</summary>
/// <param name="Keyword">Scored by BM25, above 0.</param>
/// <param name="Semantic">Scored by cosine, -1 to 1.</param>
public sealed record ChunkCandidates(IReadOnlyList<ScoredChunk> Keyword, IReadOnlyList<ScoredChunk> Semantic);

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
    string Text);
