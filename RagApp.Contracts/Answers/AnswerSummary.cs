using RagApp.Contracts.Search;

namespace RagApp.Contracts.Answers;

/// <summary>How an answer was made.</summary>
/// <param name="Answerer"><c>extractive</c> (quotes, no model), <c>model</c>, or <c>router</c> (help and small talk, answered without a search).</param>
/// <param name="Model">The chat model; null when none was asked.</param>
/// <param name="Found">False when nothing in the documents answers the question.</param>
/// <param name="PassagesUsed">Passages that were given to the answerer.</param>
/// <param name="PassagesLeftOut">Passages that were found and not given to the answerer.</param>
/// <param name="PromptTokens">Tokens sent to the model, as its provider counts them.</param>
/// <param name="CompletionTokens">Tokens it answered with.</param>
/// <param name="TraceId">Id of the trace that spans this request, for support.</param>
public sealed record AnswerSummary(
    string Answerer,
    string? Model,
    bool Found,
    int PassagesUsed,
    int PassagesLeftOut,
    int? PromptTokens,
    int? CompletionTokens,
    string? TraceId)
{
    /// <summary>The passages that did not fit the model's context window, best first.</summary>
    public IReadOnlyList<LeftOutPassage> LeftOut { get; init; } = [];

    /// <summary>Earlier messages, from the oldest, that did not fit and were not given to the model.</summary>
    public int HistoryLeftOut { get; init; }

    /// <summary>Citations of the model that its passages do not bear out; they are not in the text.</summary>
    public IReadOnlyList<UnsupportedCitation> Unsupported { get; init; } = [];

    /// <summary>True when the answer reached the most tokens that one may have, and ends there.</summary>
    public bool Truncated { get; init; }

    /// <summary>How the passages were found.</summary>
    public SearchExplanation? Explain { get; init; }
}
