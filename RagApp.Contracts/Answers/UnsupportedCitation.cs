namespace RagApp.Contracts.Answers;

/// <summary>A citation that was taken out of an answer, because the passage does not say what it was cited for.</summary>
/// <param name="Ordinal">Position of the passage in the document, from 0.</param>
/// <param name="Statement">The words of the answer that cited it.</param>
/// <param name="Reason">What the passage lacks, in a sentence.</param>
public sealed record UnsupportedCitation(string DocumentId, int Ordinal, string Title, string Statement, string Reason);
