using Microsoft.Extensions.Options;
using RagApp.Parsing;
using RagApp.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>
/// Extracts the members of a document in a parser child, all in one pass, under the same limits as reading its text.
/// Neither process holds a member in memory.
/// </summary>
internal sealed class ChildMemberReader(
    ParserLauncher launcher, IOptions<ParserOptions> options, TimeProvider time, ILogger<ChildMemberReader> logger) : IMemberReader
{
    /// <summary>Longest time for extracting all members; longer than for text, because the store writes the bytes meanwhile.</summary>
    private static readonly TimeSpan WallTime = TimeSpan.FromMinutes(30);

    public async Task<ParseResult> ReadAsync(
        Stream content, string name, Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        using var folder = PrivateFolder.Create(options.Value.TempPath, "members");
        using var copy = await TemporaryCopy.MakeAsync(content, name, folder.Path, cancellationToken);
        var bounds = options.Value.Bounds.WithWallTime(WallTime);
        using var process = await launcher.StartMembersAsync(copy.Path, bounds, folder.Path, cancellationToken);
        var watchdog = new ParserWatchdog(process, bounds.Largest, time);
        try
        {
            var errors = ParserChild.FirstWordsAsync(process.StandardError.BaseStream);
            var exit = watchdog.WaitForExitAsync(cancellationToken);
            var result = await new MemberFrameReader(process.StandardOutput.BaseStream).ReadAllAsync(take, cancellationToken);
            process.StandardOutput.Close(); // ends a child that goes on writing
            await exit;
            var end = new ParserEnd(process.ExitCode, watchdog.Killed, await errors, ContentType: "", watchdog.Peak, watchdog.Limits);
            return Conclude(process.Id, end, result);
        }
        finally
        {
            watchdog.Kill();
        }
    }

    private ParseResult Conclude(int processId, ParserEnd end, ParseResult? result)
    {
        if (result is not null && end.Killed is null && end.ExitCode == (int)result.Outcome)
            return result;
        var died = end.ToResult();
        logger.ParserEnded(processId, end.ExitCode, died.Reason!);
        return died;
    }
}
