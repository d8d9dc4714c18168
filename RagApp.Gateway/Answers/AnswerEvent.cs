using RagApp.Contracts.Answers;

namespace RagApp.Gateway.Answers;

/// <summary>What happens while an answer is made: text and citations as they come, at last the summary.</summary>
internal abstract record AnswerEvent
{
    private AnswerEvent()
    {
    }

    /// <summary>The next piece of text.</summary>
    public sealed record Token(string Text) : AnswerEvent;

    /// <summary>A passage that the text so far points at for the first time.</summary>
    public sealed record Cited(Citation Citation) : AnswerEvent;

    /// <summary>Nothing of the text so far is borne out by a passage: <paramref name="Text"/> stands in its place.</summary>
    public sealed record Withdrawn(string Text) : AnswerEvent;

    /// <summary>The answer is complete.</summary>
    public sealed record Done(AnswerSummary Summary) : AnswerEvent;
}
