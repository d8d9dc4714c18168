using RagApp.Parsing;

namespace RagApp.Benchmarks.Documents;

/// <summary>Parsing result of one file of the corpus, and whether it is the expected one.</summary>
/// <param name="Came">The result, in the manifest's vocabulary (see <see cref="Expectation"/>).</param>
/// <param name="Detail">The reason that the user is shown, or the phrase that is missing from the text.</param>
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

    /// <summary>Title and text of the file and, recursively, of the files inside it.</summary>
    private static string TextOf(ParseResult result) => string.Join('\n',
        result.Blocks.Select(block => block.Text)
            .Prepend(result.Properties.Title ?? "")
            .Concat(result.Members.Select(member => member.Result is { } inside ? TextOf(inside) : "")));
}
