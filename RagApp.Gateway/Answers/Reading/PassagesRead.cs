using RagApp.Contracts.Answers;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Reading;

/// <summary>The passages of a question that the reader has read; empty when it did not take part.</summary>
/// <param name="Record">The reader's part, for the answer's summary.</param>
internal sealed record PassagesRead(IReadOnlyList<(SearchHit Passage, ReadPassage Read)> All, AnswerReading Record)
{
    public static PassagesRead Without(string reason) => new([], new AnswerReading(Reader: null, Passages: 0, reason));

    public bool IsAbsent => Record.Absent is not null;
}
