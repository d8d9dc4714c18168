namespace RagApp.Contracts.Reading;

/// <summary>Response of <c>POST /v1/read</c>.</summary>
/// <param name="Reader">Id of the reader.</param>
/// <param name="Passages">The passages that were read, in the order of the request; fewer than asked for when one was enough or a limit of the service was reached.</param>
public sealed record ReadResponse(string Reader, IReadOnlyList<ReadPassage> Passages);

/// <param name="Index">Position of the passage in the request.</param>
/// <param name="Probability">Probability that the passage answers the question, 0 to 1.</param>
/// <param name="Spans">The likeliest answers, best first, none of which overlaps another.</param>
public sealed record ReadPassage(int Index, double Probability, IReadOnlyList<ReadSpan> Spans);

/// <param name="Start">Position of the first character in the passage's text, or in its context.</param>
/// <param name="End">Position behind the last character.</param>
/// <param name="Score">Logarithm of the span's odds against "no answer", as the reader sees it.</param>
/// <param name="IsInContext">True when the answer stands in the title or a heading.</param>
public sealed record ReadSpan(int Start, int End, double Score, bool IsInContext);
