using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Ingestion.Parsing;

/// <summary>What reading one file gave.</summary>
/// <param name="Reason">Why there is no text, in a sentence a person can act on; null when it was read.</param>
/// <param name="ContentType">What the content was detected to be; empty when that is unknown.</param>
/// <param name="Warnings">What could not be read, for example a damaged page.</param>
/// <param name="Members">Files inside the file.</param>
internal sealed record ParseResult(
    ParseOutcome Outcome,
    string? Reason,
    string ContentType,
    DocumentProperties Properties,
    IReadOnlyList<TextBlock> Blocks,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<DocumentMember> Members)
{
    /// <summary>Text that the file holds beside what its reader sees, such as the targets of links: screened, and in no passage.</summary>
    public IReadOnlyList<string> Asides { get; init; } = [];

    /// <summary>Most memory that the parser held, resident, in bytes; 0 when that is not known.</summary>
    public long PeakMemory { get; init; }

    /// <summary>The same of a file that was of another type before it was read.</summary>
    public ParseResult As(string contentType) => this with { ContentType = contentType };

    public static ParseResult Without(ParseOutcome outcome, string reason, string contentType = "") =>
        new(outcome, reason, contentType, new DocumentProperties(), [], [], []);
}
