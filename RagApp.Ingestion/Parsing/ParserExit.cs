namespace RagApp.Ingestion.Parsing;

/// <summary>What the end of a parser that gave no result means, in words for the person who uploaded the document.</summary>
internal static class ParserExit
{
    // Exit codes of processes that a signal ended: 128 and the signal's number.
    private const int Aborted = 134;
    private const int Killed = 137;
    private const int OutOfCpuTime = 152;

    public static ParseOutcome OutcomeOf(int exitCode, bool killedByWatchdog) =>
        killedByWatchdog || exitCode is OutOfCpuTime or Killed ? ParseOutcome.LimitHit : ParseOutcome.Refused;

    public static string Explain(int exitCode, ParserOptions options) => exitCode switch
    {
        OutOfCpuTime or Killed => $"Reading it took more than {options.CpuSeconds} s of processor time. Split it into smaller files, or save it in a simpler form such as PDF.",
        Aborted => $"Reading it crashed the parser: the file is damaged, or needs more than {options.MemoryMiB} MiB of memory. Open it in its program, save it again and upload that.",
        _ => "The parser gave no result: the file is damaged, or holds too much text. Open it in its program, save it again and upload that.",
    };
}
