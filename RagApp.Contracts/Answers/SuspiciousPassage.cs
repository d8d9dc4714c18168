namespace RagApp.Contracts.Answers;

/// <summary>A passage that was found but not given to the model, since it reads like instructions to a model.</summary>
/// <param name="Ordinal">Position of the passage in the document, from 0.</param>
public sealed record SuspiciousPassage(string DocumentId, int Ordinal, string Title);
