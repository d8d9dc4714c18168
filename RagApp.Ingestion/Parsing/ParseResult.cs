namespace RagApp.Ingestion.Parsing;

/// <summary>What reading one file gave.</summary>
/// <param name="Reason">Why there is no text, in a sentence a person can act on; null when it was read.</param>
/// <param name="ContentType">What the content was detected to be; empty when that is unknown.</param>
/// <param name="Title">Title the document gives itself, or null.</param>
/// <param name="Warnings">What could not be read, for example a damaged page.</param>
internal sealed record ParseResult(
    ParseOutcome Outcome,
    string? Reason,
    string ContentType,
    string? Title,
    IReadOnlyList<TextBlock> Blocks,
    IReadOnlyList<string> Warnings)
{
    public static ParseResult Without(ParseOutcome outcome, string reason, string contentType = "") =>
        new(outcome, reason, contentType, Title: null, [], []);
}
