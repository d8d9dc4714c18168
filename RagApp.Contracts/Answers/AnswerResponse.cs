namespace RagApp.Contracts.Answers;

/// <summary>An answer with the passages it rests on.</summary>
/// <param name="Text">The answer; <c>[1]</c> points at the citation with that number.</param>
/// <param name="Citations">The passages that the text points at, by number.</param>
/// <param name="Summary">How it was made.</param>
public sealed record AnswerResponse(string Text, IReadOnlyList<Citation> Citations, AnswerSummary Summary);

/// <summary>A passage that an answer rests on.</summary>
/// <param name="Number">What <c>[n]</c> in the text refers to, from 1.</param>
/// <param name="Quote">The words of the document that support the answer.</param>
public sealed record Citation(
    int Number,
    string DocumentId,
    int Version,
    int Ordinal,
    string Title,
    string Path,
    string Section,
    int? Page,
    string Quote);

/// <summary>How an answer was made.</summary>
/// <param name="Answerer"><c>extractive</c> (quotes, no model) or <c>model</c>.</param>
/// <param name="Model">The chat model, null for the extractive answerer.</param>
/// <param name="Found">False when nothing in the documents answers the question.</param>
/// <param name="PassagesUsed">Passages that were given to the answerer.</param>
/// <param name="PassagesLeftOut">Passages that were found but did not fit the model's context window.</param>
/// <param name="PromptTokens">Tokens sent to the model.</param>
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
    string? TraceId);

/// <summary>Data of a <c>token</c> event: the next piece of the answer's text.</summary>
public sealed record AnswerToken(string Text);
