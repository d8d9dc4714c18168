using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>An event of an answer in the making: pieces of text and citations, and at the end the summary.</summary>
internal abstract record AnswerEvent
{
    private AnswerEvent()
    {
    }

    /// <summary>A search that a model makes before it answers.</summary>
    public sealed record Progress(AnswerProgress What) : AnswerEvent;

    /// <summary>The next piece of the answer's text.</summary>
    public sealed record Token(string Text) : AnswerEvent
    {
        /// <summary>True for a piece that can be read alone, such as a quote: no word of it goes on in the next piece.</summary>
        public bool IsWhole { get; init; }
    }

    /// <summary>A passage that the text cites for the first time.</summary>
    public sealed record Cited(Citation Citation) : AnswerEvent;

    /// <summary>Tells that no passage supports the text so far; <paramref name="Text"/> replaces it.</summary>
    public sealed record Withdrawn(string Text) : AnswerEvent;

    /// <summary>The end of the answer.</summary>
    public sealed record Done(AnswerSummary Summary) : AnswerEvent
    {
        /// <summary>Passages that a model was given; none for other answers.</summary>
        public IReadOnlyList<SearchHit> Given { get; init; } = [];
    }
}
