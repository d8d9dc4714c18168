using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>Words of one passage, exactly as they stand there.</summary>
/// <param name="Start">Where they begin in the passage's text, in characters.</param>
/// <param name="End">Behind the last of them.</param>
internal sealed record Quote(SearchHit Passage, int Start, int End)
{
    /// <summary>Of rows of a table: the rows with the names of its columns, when they do not stand right before them.</summary>
    public Quote? Header { get; init; }

    public string Words => Passage.Text[Start..End];

    /// <summary>The words, below the header's.</summary>
    public string Text => Header is null ? Words : $"{Header.Words}\n{Words}";

    public static Quote Whole(SearchHit passage) => new(passage, 0, passage.Text.Length);

    public Citation ToCitation(int number) => new(
        number,
        Passage.DocumentId,
        Passage.Version,
        Passage.Ordinal,
        Passage.Title,
        Passage.Path,
        Passage.Section,
        Passage.Page,
        Text);
}
