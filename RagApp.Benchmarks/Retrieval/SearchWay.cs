using RagApp.Contracts.Search;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>One of the ways to search that the evaluation compares.</summary>
/// <param name="Mode">Search mode of the request; null lets the router choose.</param>
internal sealed record SearchWay(string Name, SearchMode? Mode)
{
    public static readonly SearchWay Keyword = new("BM25", SearchMode.Keyword);
    public static readonly SearchWay Semantic = new("dense", SearchMode.Semantic);
    public static readonly SearchWay Hybrid = new("hybrid", SearchMode.Hybrid);
    public static readonly SearchWay Routed = new("hybrid+router", Mode: null);

    public static readonly IReadOnlyList<SearchWay> All = [Keyword, Semantic, Hybrid, Routed];
}
