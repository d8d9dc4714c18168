namespace RagApp.Contracts.Answers;

/// <summary>Data of a <c>progress</c> event: what a model looks for before it answers.</summary>
/// <param name="Action"><c>search</c>, <c>read</c> (around a passage) or <c>list</c> (documents by name).</param>
/// <param name="About">Words searched for, title of the document read, or part of a name.</param>
public sealed record AnswerProgress(string Action, string About);
