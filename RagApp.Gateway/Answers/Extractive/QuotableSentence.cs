using RagApp.Text;
using RagApp.Text.Sentences;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>A sentence, list item or table row of a passage.</summary>
/// <param name="Start">Position of the first character in the passage's text.</param>
/// <param name="Text">Text exactly as in the passage, without surrounding white space.</param>
internal sealed record QuotableSentence(int Start, string Text)
{
    public int End => Start + Text.Length;

    /// <summary>True for a table's header row: it is quoted with rows below it and never alone.</summary>
    public bool IsHeader { get; init; }

    /// <summary>The rows that name the columns of a table row; null for other sentences, or when the passage lacks them.</summary>
    public string? Header { get; init; }

    public bool IsRow => TableHeader.IsRow(Text);

    public bool IsItem => ListItem.IsOne(Text);

    /// <summary>True for a sentence that leads to what follows it: a heading, a question, or words before a colon.</summary>
    public bool LeadsOn => !IsRow && !IsItem && (!SentenceSplitter.EndsSentence(Text) || Text.TrimEnd('"', '”', ')') is [.., '?' or '？' or '؟']);
}
