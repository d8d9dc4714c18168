namespace RagApp.Contracts.Search;

/// <summary>One passage that was found.</summary>
/// <param name="Version">Document version the passage is from.</param>
/// <param name="Ordinal">Position of the passage in the document, from 0.</param>
/// <param name="Score">Fused score, 0 to 1; comparable within one search only.</param>
/// <param name="KeywordScore">BM25 score, null when the passage is not in the keyword list.</param>
/// <param name="SemanticScore">Cosine, -1 to 1, null when the passage is not in the dense list.</param>
public sealed record SearchHit(
    string DocumentId,
    int Version,
    int Ordinal,
    string Title,
    string Path,
    string Section,
    int? Page,
    string Text,
    double Score,
    double? KeywordScore,
    double? SemanticScore)
{
    /// <summary>How likely it is that the passage is about the question, 0 to 1; comparable between searches.</summary>
    public double Relevance { get; init; }

    /// <summary>What the passage's document can be filtered by.</summary>
    public DocumentProperties? Properties { get; init; }

    /// <summary>Score of a reranker, 0 to 1, which the hits are then ordered by; null without one.</summary>
    public double? RerankScore { get; init; }

    /// <summary>
    /// The passages of a hit that joins several which follow each other, as they stand in the document; null when it
    /// is a single one. Ordinal, section, page and scores of the hit itself are its best passage's.
    /// </summary>
    public IReadOnlyList<SearchHit>? Parts { get; init; }

    /// <summary>Other documents that the same text stands in and that are not shown for it; null when there are none.</summary>
    public IReadOnlyList<string>? AlsoIn { get; init; }
}
