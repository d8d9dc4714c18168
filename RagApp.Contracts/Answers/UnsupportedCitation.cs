namespace RagApp.Contracts.Answers;

/// <summary>A citation that was removed from an answer because the cited passage does not support the statement.</summary>
/// <param name="Ordinal">Position of the passage in the document, from 0.</param>
/// <param name="Statement">Statement of the answer that cited the passage.</param>
/// <param name="Reason">Sentence that names what the passage lacks.</param>
public sealed record UnsupportedCitation(string DocumentId, int Ordinal, string Title, string Statement, string Reason);
