using System.Diagnostics;
using System.Text.Json;
using RagApp.Parsing;
using RagApp.Parsing.Child;

namespace RagApp.Cli.Estimate;

/// <summary>
/// A process with the server's own readers, which reads one file after the other under the server's usual limits. A file that ends it
/// costs nothing but a new process.
/// </summary>
internal sealed class LocalParser : IDisposable
{
    private const string Program = "RagApp.Parsing.dll";

    private static readonly ParserLimits Limits = new(MemoryMiB: 512, CpuSeconds: 60, TimeSpan.FromMinutes(2));

    private static readonly ChildSettings Settings = new(new ParserBounds(Limits, new Dictionary<string, ParserLimits>(StringComparer.Ordinal)), Ocr: null);

    private Process? _process;

    public async Task<ParseResult> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limits.WallTime, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await AskAsync(_process ??= Start(), file, stop.Token) is { } result)
                return result;
        }
        catch (Exception exception) when (exception is IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The process ended, or is ended below.
        }
        End();
        return ParseResult.Without(ParseOutcome.LimitHit, "Reading it ended the reader: the file is damaged, or needs more memory or time than one document gets.");
    }

    public void Dispose() => End();

    private static async Task<ParseResult?> AskAsync(Process process, string file, CancellationToken cancellationToken)
    {
        await ChildFrames.SendAsync(process.StandardInput.BaseStream, new ChildRequest(file, WithMembers: true), cancellationToken);
        var output = process.StandardOutput.BaseStream;
        while (await ChildFrames.ReadHeaderAsync(output, cancellationToken) is (var kind, var length))
        {
            var payload = await ChildFrames.ReadPayloadAsync(output, length, cancellationToken);
            if (kind == ChildFrame.Result)
                return JsonSerializer.Deserialize(payload, ParsingJson.Default.ParseResult);
        }
        return null;
    }

    private static Process Start() => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        [Path.Combine(AppContext.BaseDirectory, Program), ChildCommand.ReadVerb, .. Settings.ToArguments()])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true, // a parser that dies prints its stack there
    })!;

    private void End()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        process.Dispose();
    }
}
