namespace RagApp.Contracts.Answers;

/// <summary>The reader's part in an answer.</summary>
/// <param name="Reader">Id of the reader; null when it did not take part.</param>
/// <param name="Passages">Number of passages that it read.</param>
/// <param name="Absent">Sentence that says why the answer was made without the reader; null when it took part.</param>
public sealed record AnswerReading(string? Reader, int Passages, string? Absent);
