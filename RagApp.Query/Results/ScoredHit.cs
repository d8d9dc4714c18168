using RagApp.Contracts.Search;

namespace RagApp.Query.Results;

/// <summary>A ranked passage and the score it is sorted by.</summary>
/// <param name="Score">
/// Score of 0 to 1: the reranker's, or for a passage it did not score the fused score, scaled below the reranker's lowest.
/// </param>
internal sealed record ScoredHit(SearchHit Hit, double Score);
