namespace RagApp.Contracts.Answers;

/// <summary>Rounds and tool calls of a model before an agentic answer.</summary>
/// <param name="Rounds">Number of calls of the model, that of the answer included.</param>
/// <param name="ToolCalls">Number of its searches, readings and lists.</param>
/// <param name="Bound">Sentence that names the bound at which the search was ended; null when the model ended it.</param>
public sealed record AnswerSearches(int Rounds, int ToolCalls, string? Bound);
