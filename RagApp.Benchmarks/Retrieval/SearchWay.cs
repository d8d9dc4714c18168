using RagApp.Contracts.Search;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>A way to search that is compared with the others.</summary>
/// <param name="Mode">What the request asks for; null leaves the choice to the router.</param>
internal sealed record SearchWay(string Name, SearchMode? Mode)
{
    public static readonly SearchWay Keyword = new("BM25", SearchMode.Keyword);
    public static readonly SearchWay Semantic = new("dense", SearchMode.Semantic);
    public static readonly SearchWay Hybrid = new("hybrid", SearchMode.Hybrid);
    public static readonly SearchWay Routed = new("hybrid+router", Mode: null);

    public static readonly IReadOnlyList<SearchWay> All = [Keyword, Semantic, Hybrid, Routed];
}
