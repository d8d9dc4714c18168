namespace RagApp.Contracts.Search;

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
    double SemanticWeight)
{
    /// <summary>What kind of question it was taken for.</summary>
    public SearchRoute Route { get; init; }

    /// <summary>What was searched for besides the question as it was asked; null when nothing was.</summary>
    public SearchRewrites? Rewrites { get; init; }

    /// <summary>Filters that the question itself named; null when it named none, or they were not to be looked for.</summary>
    public SearchFilters? FoundFilters { get; init; }

    /// <summary>True when nothing was found with <see cref="FoundFilters"/>, so that the search was made again without them.</summary>
    public bool FoundFiltersDropped { get; init; }

    /// <summary>What was done with the ranked passages before they were returned.</summary>
    public SearchRefinement? Refinement { get; init; }
}

/// <summary>What was searched for besides the question as it was asked, which always takes part.</summary>
/// <param name="Corrected">The question with its spelling corrected by words of readable documents.</param>
/// <param name="Condensed">A follow-up made to stand alone with the earlier messages.</param>
/// <param name="Expanded">Terms that the tenant's glossary added.</param>
/// <param name="More">The question in other words.</param>
/// <param name="PromptVersion">Version of the prompt that a chat model was given; null when none took part.</param>
public sealed record SearchRewrites(
    string? Corrected,
    string? Condensed,
    IReadOnlyList<string> Expanded,
    IReadOnlyList<string> More,
    string? PromptVersion);

/// <summary>What was done with the ranked passages before they were returned.</summary>
/// <param name="Duplicates">Passages left out because one that is nearly the same stands before them.</param>
/// <param name="Merged">Passages joined to a neighbour from the same document.</param>
/// <param name="Diversified">Passages moved behind others so that one document does not fill the list.</param>
/// <param name="Rerank">Outcome of the reranker: <c>reranked</c>, <c>timeout</c> or <c>failed</c>; null when there is none.</param>
public sealed record SearchRefinement(int Duplicates, int Merged, int Diversified, string? Rerank);
