using System.Diagnostics;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Child;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>
/// Has the members of a document taken out by a parser child (<c>parse FILE --members</c>), all in one pass, under the
/// same bounds as reading its text. Nothing is held in memory on either side.
/// </summary>
internal sealed class ChildMemberReader(
    ParserLauncher launcher, IOptions<ParserOptions> options, TimeProvider time, ILogger<ChildMemberReader> logger) : IMemberReader
{
    /// <summary>On the clock; longer than for text, since the store has to take the bytes in meanwhile.</summary>
    private static readonly TimeSpan WallTime = TimeSpan.FromMinutes(30);

    public async Task<ParseResult> ReadAsync(
        Stream content, string name, Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        using var copy = await TemporaryCopy.MakeAsync(content, name, options.Value.TempPath, cancellationToken);
        using var process = await launcher.StartAsync(copy.Path, ParseArguments.MembersOption, cancellationToken);
        var watchdog = new ParserWatchdog(process, Bounds(), time);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            var exit = watchdog.WaitForExitAsync(cancellationToken);
            var result = await new MemberFrameReader(process.StandardOutput.BaseStream).ReadAllAsync(take, cancellationToken);
            process.StandardOutput.Close(); // a child that goes on writing ends by that
            await exit;
            await errors;
            return Conclude(process, watchdog, result);
        }
        finally
        {
            watchdog.Kill();
        }
    }

    private ParserOptions Bounds() => new() { MemoryMiB = options.Value.MemoryMiB, CpuSeconds = options.Value.CpuSeconds, WallTime = WallTime };

    private ParseResult Conclude(Process process, ParserWatchdog watchdog, ParseResult? result)
    {
        if (result is not null && watchdog.Killed is null && process.ExitCode == (int)result.Outcome)
            return result;
        var reason = watchdog.Killed ?? ParserExit.Explain(process.ExitCode, options.Value);
        logger.ParserEnded(process.Id, process.ExitCode, reason);
        return ParseResult.Without(ParserExit.OutcomeOf(process.ExitCode, watchdog.Killed is not null), reason);
    }
}
