using RagApp.Contracts.Confidential;
using RagApp.Contracts.Search;

namespace RagApp.Contracts.Answers;

/// <summary>Record of how an answer was made.</summary>
/// <param name="Answerer">
/// Kind of answerer: <c>extractive</c> (quotes, no model), <c>model</c>, or <c>router</c> (help and small talk, answered
/// without a search).
/// </param>
/// <param name="Model">Chat model that answered; null when no model was called.</param>
/// <param name="Found">False when nothing in the documents answers the question.</param>
/// <param name="PassagesUsed">Number of passages given to the answerer.</param>
/// <param name="PassagesLeftOut">Number of passages that were found but not given to the answerer.</param>
/// <param name="PromptTokens">Number of tokens sent to the model, as its provider counts them.</param>
/// <param name="CompletionTokens">Number of tokens in the model's answer.</param>
/// <param name="TraceId">Id of the trace that spans this request; give it to support.</param>
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
    /// <summary>Passages that did not fit the model's context window, best first.</summary>
    public IReadOnlyList<LeftOutPassage> LeftOut { get; init; } = [];

    /// <summary>Number of earlier messages, counted from the oldest, that did not fit the model's context window.</summary>
    public int HistoryLeftOut { get; init; }

    /// <summary>Citations of the model that the cited passages do not support; they are removed from the text.</summary>
    public IReadOnlyList<UnsupportedCitation> Unsupported { get; init; } = [];

    /// <summary>True when the answer was cut off at the highest number of tokens allowed for an answer.</summary>
    public bool Truncated { get; init; }

    /// <summary>The reader's part in the answer; null when nothing was read.</summary>
    public AnswerReading? Reading { get; init; }

    /// <summary>Rounds and tool calls of the model before an agentic answer; null for any other answer.</summary>
    public AnswerSearches? Searches { get; init; }

    /// <summary>Confidential data that is hidden in text and citations; empty when nothing is.</summary>
    public IReadOnlyList<HiddenData> Hidden { get; init; } = [];

    /// <summary>Passages that were found but not given to the model, since they read like instructions to a model.</summary>
    public IReadOnlyList<SuspiciousPassage> Suspicious { get; init; } = [];

    /// <summary>Number of web addresses of the model's answer that no passage has; <c>[LINK]</c> stands in their place.</summary>
    public int RemovedAddresses { get; init; }

    /// <summary>Sentence that says why the whole answer is withheld; null when it is not.</summary>
    public string? Withheld { get; init; }

    /// <summary>Tells that the answer was given before and comes from the cache, at no cost; null when it was made for this question.</summary>
    public AnswerFromCache? Cached { get; init; }

    /// <summary>Explanation of how the passages were found.</summary>
    public SearchExplanation? Explain { get; init; }
}
