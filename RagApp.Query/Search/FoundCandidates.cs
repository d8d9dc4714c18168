using RagApp.Contracts.Search;
using RagApp.Storage.Index;

namespace RagApp.Query.Search;

/// <summary>What the index offers for a plan.</summary>
/// <param name="Mode">Which lists took part: keywords alone when the question could not be embedded.</param>
/// <param name="Question">The question's vectors, or why there are none; null when none were wanted.</param>
internal sealed record FoundCandidates(SearchPlan Plan, SearchMode Mode, QuestionVector? Question, ChunkCandidates Candidates)
{
    public bool IsEmpty => Candidates is { Keyword: [], Semantic: [] };

    /// <summary>Why these lists took part.</summary>
    public string Reason => Question?.Reason ?? Plan.Reason;

    /// <summary>Weight of the dense list, 0 to 1.</summary>
    public double SemanticWeight => Mode switch
    {
        SearchMode.Keyword => 0,
        SearchMode.Semantic => 1,
        _ => Question!.FusionWeight,
    };
}
