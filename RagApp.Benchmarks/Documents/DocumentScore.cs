using RagApp.Ingestion.Parsing;

namespace RagApp.Benchmarks.Documents;

/// <summary>What came out of one file.</summary>
/// <param name="Came">In the manifest's words, as in <see cref="Expectation"/>.</param>
/// <param name="Detail">The reason given to people, or what is missing.</param>
/// <param name="Terminal">False when the parser threw: the service would have no status for the document.</param>
internal sealed record DocumentScore(
    ManifestRow Row, bool Right, string Came, string Detail, bool Terminal, TimeSpan Time, long PeakMemory)
{
    public static DocumentScore Of(ManifestRow row, ParseResult result, TimeSpan time)
    {
        var came = Describe(result);
        var allowed = Expectation.AllowedBy(row);
        var missing = came == Expectation.Text && row.Phrase.Length > 0 && !Phrases.Holds(TextOf(result), row.Phrase);
        return new DocumentScore(
            row, allowed.Contains(came) && !missing, came,
            missing ? $"does not hold \"{row.Phrase}\"" : result.Reason ?? string.Join(' ', result.Warnings),
            Terminal: true, time, result.PeakMemory);
    }

    public static DocumentScore OfCrash(ManifestRow row, Exception exception, TimeSpan time) =>
        new(row, Right: false, "crash", exception.Message, Terminal: false, time, PeakMemory: 0);

    private static string Describe(ParseResult result) => result.Outcome switch
    {
        ParseOutcome.Text when HasText(result) => Expectation.Text,
        ParseOutcome.Text => result.Warnings.Count > 0 ? Expectation.EmptyWithWarning : Expectation.Empty,
        ParseOutcome.LimitHit => Expectation.Limits,
        _ => result.Reason?.Contains("password", StringComparison.Ordinal) is true ? Expectation.Encrypted : Expectation.Corrupt,
    };

    private static bool HasText(ParseResult result) =>
        result.Blocks.Count > 0 || result.Members.Any(member => member.Result is { } inside && HasText(inside));

    /// <summary>Title, text, and the same of the files inside the file.</summary>
    private static string TextOf(ParseResult result) => string.Join('\n',
        result.Blocks.Select(block => block.Text)
            .Prepend(result.Properties.Title ?? "")
            .Concat(result.Members.Select(member => member.Result is { } inside ? TextOf(inside) : "")));
}
