using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>A verbatim part of a passage's text.</summary>
/// <param name="Start">Position of the first character in the passage's text.</param>
/// <param name="End">Position behind the last character.</param>
internal sealed record Quote(SearchHit Passage, int Start, int End)
{
    /// <summary>Text shown above the quoted words, such as the header rows of a table; null when there is none.</summary>
    public string? Above { get; init; }

    /// <summary>The words of <see cref="Text"/> that answer the question; null when they are not known.</summary>
    public TextRange? Answer { get; init; }

    public string Words => Passage.Text[Start..End];

    /// <summary>The quoted words, below the text above them if there is one.</summary>
    public string Text => Above is null ? Words : $"{Above}\n{Words}";

    public static Quote Whole(SearchHit passage) => new(passage, 0, passage.Text.Length);

    /// <summary>True when both quotes are of one passage and share characters.</summary>
    public bool Overlaps(Quote other) => Passage == other.Passage && Start < other.End && other.Start < End;

    /// <summary>The quote of everything from the beginning of the first to the end of the last; null when a text stands above either.</summary>
    public Quote? Join(Quote other)
    {
        if (Above is not null || other.Above is not null)
            return null;
        var start = Math.Min(Start, other.Start);
        var shift = Start - start;
        return this with
        {
            Start = start,
            End = Math.Max(End, other.End),
            Answer = Answer is null ? null : new TextRange(Answer.Start + shift, Answer.End + shift),
        };
    }

    public Citation ToCitation(int number) => new(
        number,
        Passage.DocumentId,
        Passage.Version,
        Passage.Ordinal,
        Passage.Title,
        Passage.Path,
        Passage.Section,
        Passage.Page,
        Text)
    {
        Answer = Answer,
    };
}
