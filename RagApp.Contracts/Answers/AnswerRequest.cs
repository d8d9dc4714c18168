using RagApp.Contracts.Search;

namespace RagApp.Contracts.Answers;

/// <summary>Body of <c>POST /v1/answers</c>.</summary>
/// <param name="Question">The question, 1 to 4,000 characters.</param>
/// <param name="Top">Largest number of passages to answer from, 1 to 50; 8 when left out.</param>
/// <param name="Stream">True to receive Server-Sent Events; the header <c>Accept: text/event-stream</c> asks for the same.</param>
public sealed record AnswerRequest(string Question, int? Top = null, bool Stream = false)
{
    /// <summary>Filters that narrow the search, see <see cref="SearchRequest.Filters"/>.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>
    /// True when filters that the question itself names apply too, see <see cref="SearchRequest.FindFilters"/>; true when left
    /// out.
    /// </summary>
    public bool? FindFilters { get; init; }

    /// <summary>
    /// Earlier messages of the conversation, oldest first, see <see cref="SearchRequest.History"/>. A model receives the latest
    /// ones that fit.
    /// </summary>
    public IReadOnlyList<SearchMessage>? History { get; init; }

    /// <summary>Name of the configured chat model that answers; the default model when left out.</summary>
    public string? Model { get; init; }

    /// <summary>The way to the answer; <see cref="AnswerMode.Direct"/> when left out.</summary>
    public AnswerMode? Mode { get; init; }
}
