namespace RagApp.Contracts.Answers;

/// <summary>Body of <c>POST /v1/answers</c>.</summary>
/// <param name="Question">The question, 1 to 4,000 characters.</param>
/// <param name="Top">How many passages to answer from at most, 1 to 50; 8 when left out.</param>
/// <param name="Stream">True for Server-Sent Events; so does <c>Accept: text/event-stream</c>.</param>
public sealed record AnswerRequest(string Question, int? Top = null, bool Stream = false);
