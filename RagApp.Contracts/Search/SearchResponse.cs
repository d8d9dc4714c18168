using RagApp.Contracts.Confidential;

namespace RagApp.Contracts.Search;

/// <summary>Passages that the principal may read, best first, and how they were found.</summary>
public sealed record SearchResponse(IReadOnlyList<SearchHit> Hits, SearchExplanation Explain)
{
    /// <summary>Answer to a greeting or a request for help, in its language; null when the question was searched for.</summary>
    public string? Reply { get; init; }

    /// <summary>Confidential data that is hidden in the hits; null when nothing is.</summary>
    public IReadOnlyList<HiddenData>? Hidden { get; init; }
}
