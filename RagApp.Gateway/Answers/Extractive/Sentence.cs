namespace RagApp.Gateway.Answers.Extractive;

/// <summary>A sentence, list item or table row of a passage.</summary>
/// <param name="Start">Where it begins in the passage's text, in characters.</param>
/// <param name="Text">Exactly as it stands there, without white space around it.</param>
internal sealed record Sentence(int Start, string Text)
{
    public int End => Start + Text.Length;

    /// <summary>Whether it names the columns of rows below it: it is quoted with them, and says nothing alone.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Of a table row: the rows with the names of its columns, where the passage has them.</summary>
    public Sentence? Header { get; init; }
}
