namespace RagApp.Contracts.Answers;

/// <summary>An answer with the passages that support it.</summary>
/// <param name="Text">Text of the answer; <c>[1]</c> refers to the citation with number 1.</param>
/// <param name="Citations">Passages that the text cites, ordered by number.</param>
/// <param name="Summary">Record of how the answer was made.</param>
public sealed record AnswerResponse(string Text, IReadOnlyList<Citation> Citations, AnswerSummary Summary);

/// <summary>A passage that an answer cites.</summary>
/// <param name="Number">Number that <c>[n]</c> in the answer's text refers to, from 1.</param>
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
    string Quote)
{
    /// <summary>The words of <see cref="Quote"/> that answer the question, as far as the reader knows them.</summary>
    public TextRange? Answer { get; init; }
}

/// <param name="Start">Position of the first character.</param>
/// <param name="End">Position behind the last character.</param>
public sealed record TextRange(int Start, int End);

/// <summary>
/// Data of a <c>token</c> event (the next piece of the answer's text) or of a <c>withdrawn</c> event (the text that replaces
/// all earlier pieces).
/// </summary>
public sealed record AnswerToken(string Text);
