using RagApp.Contracts.Search;
using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>Candidates that the index returned for a plan.</summary>
/// <param name="Mode">Ranked lists that were searched; keywords alone when the question could not be embedded.</param>
/// <param name="Question">The question's vectors, or the reason why there are none; null when none were needed.</param>
internal sealed record FoundCandidates(SearchPlan Plan, SearchMode Mode, QuestionVector? Question, ChunkCandidates Candidates)
{
    public bool IsEmpty => Candidates is { Keyword: [], Semantic: [] };

    /// <summary>Sentence that says why these lists were searched.</summary>
    public string Reason => Question?.Reason ?? Plan.Reason;

    /// <summary>Weight of the semantic list, 0 to 1.</summary>
    public double SemanticWeight => Mode switch
    {
        SearchMode.Keyword => 0,
        SearchMode.Semantic => 1,
        _ => Question!.FusionWeight,
    };
}
