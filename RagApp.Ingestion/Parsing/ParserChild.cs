using System.Diagnostics;
using System.Text;
using System.Text.Json;
using RagApp.Ingestion.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// A running parser (<c>parse --child</c>) from the service's side: asked for one document after the other, each under
/// a watchdog of its own, until it is disposed of or dies.
/// </summary>
/// <param name="folder">Where documents are while it reads them: it can open no others. Disposed of with it.</param>
internal sealed class ParserChild(Process process, PrivateFolder folder, ParserBounds bounds, int resultMiB, TimeProvider time) : IDisposable
{
    private const int FirstWords = 512;

    private readonly Task<string> _errors = FirstWordsAsync(process.StandardError.BaseStream);
    private bool _dead;
    private string? _tooLong;
    private string _contentType = "";

    public int Id { get; } = process.Id;

    /// <summary>Documents that it has read.</summary>
    public int Documents { get; private set; }

    /// <summary>Most memory that it has held, in bytes.</summary>
    public long Peak { get; private set; }

    /// <summary>Processor time that all its documents took.</summary>
    public TimeSpan CpuTime { get; private set; }

    public bool IsAlive => !_dead && !process.HasExited;

    /// <summary>How it ended, when that was not by a result.</summary>
    public ParserEnd? End { get; private set; }

    /// <summary>Reads a document that lies on the same file system as the child's folder.</summary>
    /// <returns>Null when the child died of the document, or had to be killed: then <see cref="End"/> says why.</returns>
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
            // it ended by itself in between
        }
        process.Dispose();
        folder.Dispose();
    }

    private async Task<ParseResult?> ReadHereAsync(ChildRequest request, CancellationToken cancellationToken)
    {
        _dead = true; // until it has answered
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

    /// <summary>Null when it was cut off, or says what makes no sense.</summary>
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

    /// <summary>Reads on to the end, to keep the pipe from filling.</summary>
    public static async Task<string> FirstWordsAsync(Stream errors)
    {
        var words = new byte[FirstWords];
        var read = await errors.ReadAtLeastAsync(words, FirstWords, throwOnEndOfStream: false);
        await errors.CopyToAsync(Stream.Null);
        return Encoding.ASCII.GetString(words, 0, read);
    }
}
