namespace RagApp.Contracts.Search;

/// <summary>Passages the principal may read, best first.</summary>
public sealed record SearchResponse(IReadOnlyList<SearchHit> Hits, SearchExplanation Explain);

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
    double? SemanticScore);

/// <summary>How the passages were found.</summary>
/// <param name="Mode">Which lists took part.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="KeywordCandidates">Passages the keyword list offered.</param>
/// <param name="SemanticCandidates">Passages the dense list offered.</param>
/// <param name="SemanticWeight">Weight of the dense list in the fusion, 0 to 1.</param>
public sealed record SearchExplanation(
    SearchMode Mode,
    string Reason,
    int KeywordCandidates,
    int SemanticCandidates,
    double SemanticWeight);
