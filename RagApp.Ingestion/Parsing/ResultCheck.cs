using RagApp.Parsing;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Checks that the result of a parser child keeps the limits of every format. A document may have taken over the child,
/// and later steps rely on heading levels in range, texts that are not empty, and no more of them than a document may
/// hold.
/// </summary>
internal static class ResultCheck
{
    /// <summary>Largest number of warnings: those kept, and one more about files that were left out.</summary>
    private const int MostWarnings = ParseLimits.Warnings + 1;

    public static bool MakesSense(ParseResult result) =>
        result is { Properties: not null, ContentType: not null, Blocks: not null, Asides: not null, Warnings.Count: <= MostWarnings, Members.Count: <= ParseLimits.Members }
        && (result.Outcome == ParseOutcome.Text || result.Reason is not null)
        && result.Blocks.All(block => block is { Text.Length: > 0, Level: >= 0 and <= BlockWriter.DeepestHeading })
        && result.Asides.Concat(result.Warnings).All(text => text is not null)
        && result.Members.All(member => member?.Name is not null)
        && result.Blocks.Sum(block => (long)block.Text.Length) + result.Asides.Sum(text => (long)text.Length) <= ParseLimits.Characters;
}
