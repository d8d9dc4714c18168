using RagApp.Contracts.Search;

namespace RagApp.Query.Results;

/// <summary>A ranked passage and what it is ordered by.</summary>
/// <param name="Score">0 to 1: the reranker's where it judged the passage, else the fused one, below those.</param>
internal sealed record ScoredHit(SearchHit Hit, double Score);
