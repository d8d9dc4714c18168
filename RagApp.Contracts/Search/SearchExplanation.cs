namespace RagApp.Contracts.Search;

/// <summary>Explanation of how the passages of a search were found.</summary>
/// <param name="Mode">Ranked lists that were combined.</param>
/// <param name="Reason">Sentence that says why this mode was used.</param>
/// <param name="KeywordCandidates">Number of passages from the keyword list.</param>
/// <param name="SemanticCandidates">Number of passages from the semantic list.</param>
/// <param name="SemanticWeight">Weight of the semantic list in the fusion, 0 to 1.</param>
public sealed record SearchExplanation(
    SearchMode Mode,
    string Reason,
    int KeywordCandidates,
    int SemanticCandidates,
    double SemanticWeight)
{
    /// <summary>Kind of question that the router recognized.</summary>
    public SearchRoute Route { get; init; }

    /// <summary>Wordings searched for besides the question as asked; null when there were none.</summary>
    public SearchRewrites? Rewrites { get; init; }

    /// <summary>Codes of the question that no readable passage has, as written, so that hits are about other ones; null when there are none.</summary>
    public IReadOnlyList<string>? UnknownCodes { get; init; }

    /// <summary>Words of the question that no readable passage has in any form, as written; null when there are none.</summary>
    public IReadOnlyList<string>? UnknownWords { get; init; }

    /// <summary>Filters that the question itself named; null when it named none or the request turned this off.</summary>
    public SearchFilters? FoundFilters { get; init; }

    /// <summary>True when a search with <see cref="FoundFilters"/> found nothing and was repeated without them.</summary>
    public bool FoundFiltersDropped { get; init; }

    /// <summary>Changes made to the ranked passages before they were returned.</summary>
    public SearchRefinement? Refinement { get; init; }
}

/// <summary>Wordings searched for besides the question as asked. The question as asked is always searched for.</summary>
/// <param name="Corrected">Question with its spelling corrected by words of documents that the caller may read.</param>
/// <param name="Condensed">Follow-up question rewritten with the earlier messages so that it can be understood alone.</param>
/// <param name="Expanded">Terms that the tenant's glossary added.</param>
/// <param name="More">Paraphrases of the question.</param>
/// <param name="PromptVersion">Version of the prompt given to the chat model; null when no model was used.</param>
public sealed record SearchRewrites(
    string? Corrected,
    string? Condensed,
    IReadOnlyList<string> Expanded,
    IReadOnlyList<string> More,
    string? PromptVersion);

/// <summary>Changes made to the ranked passages before they were returned.</summary>
/// <param name="Duplicates">Number of passages left out because a nearly equal passage ranks above them.</param>
/// <param name="Merged">Number of passages joined to a neighbour from the same document.</param>
/// <param name="Diversified">Number of passages moved down so that one document does not fill the list.</param>
/// <param name="Rerank">Outcome of the reranker: <c>reranked</c>, <c>timeout</c> or <c>failed</c>; null when there is none.</param>
public sealed record SearchRefinement(int Duplicates, int Merged, int Diversified, string? Rerank);
