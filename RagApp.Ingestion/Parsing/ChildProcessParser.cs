using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Reads each document in a process of its own (<c>parse FILE --json</c>), since there are files that no library
/// survives: a stack overflow cannot be caught. The child bounds itself; the watchdog here is the second line.
/// </summary>
internal sealed class ChildProcessParser(
    ParserLauncher launcher, IOptions<ParserOptions> options, TimeProvider time, ILogger<ChildProcessParser> logger) : IDocumentParser
{
    public async Task<ParseResult> ParseAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        using var activity = ParsingTelemetry.Source.StartActivity(ParsingTelemetry.ParseActivity);
        var started = time.GetTimestamp();
        using var copy = await TemporaryCopy.MakeAsync(content, name, options.Value.TempPath, cancellationToken);
        var result = await RunAsync(copy.Path, cancellationToken);
        ParsingTelemetry.Record(result, time.GetElapsedTime(started));
        return result;
    }

    private async Task<ParseResult> RunAsync(string path, CancellationToken cancellationToken)
    {
        using var process = await launcher.StartAsync(path, ParseArguments.JsonOption, cancellationToken);
        var watchdog = new ParserWatchdog(process, options.Value, time);
        try
        {
            var errors = DrainAsync(process.StandardError.BaseStream);
            var output = ReadResultAsync(process, cancellationToken);
            await watchdog.WaitForExitAsync(cancellationToken);
            await errors;
            return Conclude(process, watchdog, await output);
        }
        finally
        {
            watchdog.Kill();
        }
    }

    /// <summary>Null when what came is too long, or no result at all because the child was cut off.</summary>
    private async Task<ParseResult?> ReadResultAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            using var json = new CappedReadStream(process.StandardOutput.BaseStream, (long)options.Value.ResultMiB << 20);
            return await JsonSerializer.DeserializeAsync(json, ParsingJson.Default.ParseResult, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            process.StandardOutput.Close(); // a child that goes on writing ends by that
            return null;
        }
    }

    /// <summary>What a crashing runtime says is of no use to people and may quote the document: it is thrown away.</summary>
    private static async Task DrainAsync(Stream errors)
    {
        var buffer = new byte[4096];
        while (await errors.ReadAsync(buffer, CancellationToken.None) > 0)
        {
            // only to keep the pipe from filling
        }
    }

    private ParseResult Conclude(Process process, ParserWatchdog watchdog, ParseResult? result)
    {
        if (result is not null && watchdog.Killed is null && process.ExitCode == (int)result.Outcome)
            return result with { PeakMemory = Math.Max(result.PeakMemory, watchdog.Peak) };
        var reason = watchdog.Killed ?? ParserExit.Explain(process.ExitCode, options.Value);
        logger.ParserEnded(process.Id, process.ExitCode, reason);
        return ParseResult.Without(ParserExit.OutcomeOf(process.ExitCode, watchdog.Killed is not null), reason) with { PeakMemory = watchdog.Peak };
    }
}
