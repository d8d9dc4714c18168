using RagApp.Contracts.Search;

namespace RagApp.Contracts.Answers;

/// <summary>Body of <c>POST /v1/answers</c>.</summary>
/// <param name="Question">The question, 1 to 4,000 characters.</param>
/// <param name="Top">How many passages to answer from at most, 1 to 50; 8 when left out.</param>
/// <param name="Stream">True for Server-Sent Events; so does <c>Accept: text/event-stream</c>.</param>
public sealed record AnswerRequest(string Question, int? Top = null, bool Stream = false)
{
    /// <summary>Narrows the search, see <see cref="SearchRequest.Filters"/>.</summary>
    public SearchFilters? Filters { get; init; }

    /// <summary>Whether filters that the question itself names count as well, see <see cref="SearchRequest.FindFilters"/>; true when left out.</summary>
    public bool? FindFilters { get; init; }

    /// <summary>Earlier messages of the conversation, oldest first, see <see cref="SearchRequest.History"/>. A model gets as many of the latest as fit.</summary>
    public IReadOnlyList<SearchMessage>? History { get; init; }

    /// <summary>Name of the configured chat model that answers; the default one when left out.</summary>
    public string? Model { get; init; }
}
