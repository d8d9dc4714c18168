namespace RagApp.Contracts.Search;

/// <summary>Passages the principal may read, best first.</summary>
public sealed record SearchResponse(IReadOnlyList<SearchHit> Hits, SearchExplanation Explain)
{
    /// <summary>What there is to say to a greeting or a request for help, in its language; nothing was searched for then.</summary>
    public string? Reply { get; init; }
}
