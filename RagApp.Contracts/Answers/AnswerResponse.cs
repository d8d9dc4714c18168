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

/// <summary>Data of a <c>token</c> event, the next piece of the answer's text, and of <c>withdrawn</c>, the text in place of all before.</summary>
public sealed record AnswerToken(string Text);
