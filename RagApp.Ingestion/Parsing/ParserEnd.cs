using RagApp.Parsing;
using RagApp.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>The end of a parser that gave no result.</summary>
/// <param name="Killed">The reason for which the watchdog killed the parser, or null.</param>
/// <param name="Words">The first words on standard error, which may quote the document and must not be shown or logged.</param>
/// <param name="ContentType">The content type of the document; empty when the parser died before detecting it.</param>
/// <param name="Peak">Peak memory seen by the watchdog, in bytes.</param>
internal sealed record ParserEnd(int ExitCode, string? Killed, string Words, string ContentType, long Peak, ParserLimits Limits)
{
    // Exit codes of processes that a signal ended: 128 and the signal's number.
    private const int KilledBySystem = 137;
    private const int OutOfCpuTime = 152;

    private const string Again = "Open it in its program, save it again and upload that.";

    /// <summary>
    /// True when the parser used more than three quarters of its memory limit. Memory is requested in large pieces, so
    /// a failed request ends a process somewhat below its limit.
    /// </summary>
    private bool WasNearItsMemory => Peak > Limits.MemoryBytes / 4 * 3;

    private bool SaysOutOfMemory =>
        Words.Contains("Out of memory", StringComparison.OrdinalIgnoreCase)
        || Words.Contains("OutOfMemoryException", StringComparison.Ordinal)
        || Words.Contains("bad_alloc", StringComparison.Ordinal);

    /// <summary>The outcome, in words for the person who uploaded the document.</summary>
    public ParseResult ToResult()
    {
        var (outcome, reason) = Explain();
        return ParseResult.Without(outcome, reason, ContentType) with { PeakMemory = Peak };
    }

    public static string TooLong(ParserLimits limits) =>
        $"Reading it took longer than {limits.WallTime.TotalSeconds:0} s. Split it into smaller files, or save it in a simpler form such as PDF.";

    public static string TooMuchCpu(ParserLimits limits) =>
        $"Reading it took more than {limits.CpuSeconds} s of processor time. Split it into smaller files, or save it in a simpler form such as PDF.";

    public static string TooMuchMemory(ParserLimits limits) =>
        $"Reading it needs more than {limits.MemoryMiB} MiB of memory. Split it into smaller files.";

    private (ParseOutcome Outcome, string Reason) Explain()
    {
        if (Killed is not null)
            return (ParseOutcome.LimitHit, Killed);
        if (ExitCode == OutOfCpuTime)
            return (ParseOutcome.LimitHit, TooMuchCpu(Limits));
        if (Words.StartsWith("Stack overflow", StringComparison.Ordinal))
            return (ParseOutcome.Refused, $"The file is damaged, or made to do harm: its parts are nested without end, which crashed the parser. {Again}");
        if (SaysOutOfMemory || WasNearItsMemory)
            return (ParseOutcome.LimitHit, TooMuchMemory(Limits));
        if (ExitCode == KilledBySystem)
            return (ParseOutcome.LimitHit, "The system ended the parser, as it does when the machine is short of memory. Upload the document again later, or split it into smaller files.");
        return (ParseOutcome.Refused, $"Reading it crashed the parser: the file is damaged. {Again}");
    }
}
