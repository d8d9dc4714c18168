using System.Diagnostics;
using System.Text;
using System.Text.Json;
using RagApp.Parsing;
using RagApp.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// A running parser child, seen from the service. Reads one document after the other, each under its own watchdog,
/// until the child is disposed of or dies.
/// </summary>
/// <param name="folder">The only folder in which the child can open documents. Disposed of together with the child.</param>
internal sealed class ParserChild(Process process, PrivateFolder folder, ParserBounds bounds, int resultMiB, TimeProvider time) : IDisposable
{
    private const int FirstWords = 512;

    private readonly Task<string> _errors = FirstWordsAsync(process.StandardError.BaseStream);
    private bool _dead;
    private string? _tooLong;
    private string _contentType = "";

    public int Id { get; } = process.Id;

    /// <summary>Number of documents the child has read.</summary>
    public int Documents { get; private set; }

    /// <summary>Peak memory of the child, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Processor time of all documents together.</summary>
    public TimeSpan CpuTime { get; private set; }

    public bool IsAlive => !_dead && !process.HasExited;

    /// <summary>The state in which the child ended without a result; null otherwise.</summary>
    public ParserEnd? End { get; private set; }

    /// <summary>Reads a document, which is moved into the child's folder and must be on the same file system.</summary>
    /// <returns>The result; null when the child died or was killed, then <see cref="End"/> has the reason.</returns>
    public async Task<ParseResult?> ReadAsync(ChildRequest request, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, Path.GetFileName(request.File));
        File.Move(request.File, file);
        try
        {
            return await ReadHereAsync(request with { File = file }, cancellationToken);
        }
        finally
        {
            File.Move(file, request.File);
        }
    }

    public void Dispose()
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // the child has already ended
        }
        process.Dispose();
        folder.Dispose();
    }

    private async Task<ParseResult?> ReadHereAsync(ChildRequest request, CancellationToken cancellationToken)
    {
        _dead = true; // counts as dead until it has answered
        _contentType = "";
        var watchdog = new ParserWatchdog(process, bounds.Usual, time);
        var answer = AskAsync(request, watchdog, cancellationToken);
        await watchdog.WatchAsync(answer, cancellationToken);
        Documents++;
        Peak = Math.Max(Peak, watchdog.Peak);
        CpuTime = watchdog.CpuTime;
        if (await answer is { } result && watchdog.Killed is null)
        {
            _dead = false;
            return result with { PeakMemory = Peak };
        }
        watchdog.Kill();
        await process.WaitForExitAsync(cancellationToken);
        End = new ParserEnd(process.ExitCode, watchdog.Killed ?? _tooLong, await _errors, _contentType, Peak, watchdog.Limits);
        return null;
    }

    /// <summary>Sends the request and reads the answer; null when the answer is incomplete or implausible.</summary>
    private async Task<ParseResult?> AskAsync(ChildRequest request, ParserWatchdog watchdog, CancellationToken cancellationToken)
    {
        try
        {
            await ChildFrames.SendAsync(process.StandardInput.BaseStream, request, cancellationToken);
            while (await ChildFrames.ReadHeaderAsync(process.StandardOutput.BaseStream, cancellationToken) is var (kind, length))
            {
                if (length > (long)resultMiB << 20)
                {
                    _tooLong = $"It gives more than {resultMiB} MiB of text. Split it into several documents.";
                    return null;
                }
                var payload = await ChildFrames.ReadPayloadAsync(process.StandardOutput.BaseStream, length, cancellationToken);
                if (kind == ChildFrame.Result)
                    return JsonSerializer.Deserialize(payload, ParsingJson.Default.ParseResult) is { } result && ResultCheck.MakesSense(result) ? result : null;
                _contentType = Encoding.UTF8.GetString(payload);
                watchdog.Limits = bounds.For(_contentType);
            }
            return null;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>The first words on standard error. Reads on to the end, so that the pipe does not fill up.</summary>
    public static async Task<string> FirstWordsAsync(Stream errors)
    {
        var words = new byte[FirstWords];
        var read = await errors.ReadAtLeastAsync(words, FirstWords, throwOnEndOfStream: false);
        await errors.CopyToAsync(Stream.Null);
        return Encoding.ASCII.GetString(words, 0, read);
    }
}
