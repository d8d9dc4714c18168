namespace RagApp.Contracts.Answers;

/// <summary>A passage that was found but did not fit the model's context window.</summary>
/// <param name="Ordinal">Position of the passage in the document, from 0.</param>
/// <param name="Tokens">Length of the passage in the prompt, in the model's tokens.</param>
public sealed record LeftOutPassage(string DocumentId, int Ordinal, string Title, int Tokens);
