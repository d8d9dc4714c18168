using RagApp.Parsing.Members;

namespace RagApp.Parsing;

/// <summary>The result of reading one file.</summary>
/// <param name="Reason">The reason why there is no text, in a sentence a person can act on; null when the file was read.</param>
/// <param name="ContentType">The detected media type of the content; empty when unknown.</param>
/// <param name="Warnings">Sentences about parts that could not be read, for example a damaged page.</param>
/// <param name="Members">The files inside the file.</param>
internal sealed record ParseResult(
    ParseOutcome Outcome,
    string? Reason,
    string ContentType,
    FileProperties Properties,
    IReadOnlyList<TextBlock> Blocks,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<DocumentMember> Members)
{
    /// <summary>Text in the file that readers do not see, such as link targets. It is screened but not part of any passage.</summary>
    public IReadOnlyList<string> Asides { get; init; } = [];

    /// <summary>Peak resident memory of the parser in bytes; 0 when unknown.</summary>
    public long PeakMemory { get; init; }

    /// <summary>The same result with the original media type of a file that was converted before reading.</summary>
    public ParseResult As(string contentType) => this with { ContentType = contentType };

    public static ParseResult Without(ParseOutcome outcome, string reason, string contentType = "") =>
        new(outcome, reason, contentType, new FileProperties(), [], [], []);
}
