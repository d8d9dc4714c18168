namespace RagApp.Contracts.Answers;

/// <summary>Record of an answer that was given before and is given again without a call of the model.</summary>
/// <param name="MadeAt">Time at which the model gave the answer.</param>
/// <param name="Similar">True when it was the answer to a question in other words, false when it was to the same one.</param>
public sealed record AnswerFromCache(DateTimeOffset MadeAt, bool Similar);
