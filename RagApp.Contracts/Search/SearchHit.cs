namespace RagApp.Contracts.Search;

/// <summary>One passage that a search found.</summary>
/// <param name="Version">Version of the document that the passage is from.</param>
/// <param name="Ordinal">Position of the passage in the document, from 0.</param>
/// <param name="Score">Combined score, 0 to 1; comparable within one search only.</param>
/// <param name="KeywordScore">BM25 score; null when the passage has no word of the question, or when the search used meaning alone.</param>
/// <param name="SemanticScore">Cosine similarity, -1 to 1; null when the passage is not in the semantic list.</param>
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
    /// <summary>Estimated probability that the passage is about the question, 0 to 1; comparable between searches.</summary>
    public double Relevance { get; init; }

    /// <summary>Properties of the passage's document that searches can filter by.</summary>
    public DocumentProperties? Properties { get; init; }

    /// <summary>Score of the reranker, 0 to 1; when present, the hits are ordered by it. Null when no reranker ran.</summary>
    public double? RerankScore { get; init; }

    /// <summary>
    /// Neighbouring passages that this hit joins, in document order; null when the hit is a single passage. The hit's own
    /// ordinal, section, page and scores are those of its best passage.
    /// </summary>
    public IReadOnlyList<SearchHit>? Parts { get; init; }

    /// <summary>Ids of other documents with the same text, which are not shown as hits of their own; null when there are none.</summary>
    public IReadOnlyList<string>? AlsoIn { get; init; }
}
