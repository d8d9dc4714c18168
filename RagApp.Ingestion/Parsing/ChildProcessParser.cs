using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.LegacyOffice;
using RagApp.Parsing;
using RagApp.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Reads documents in parser child processes, because some files crash any library: a stack overflow cannot be caught.
/// The child limits itself; a watchdog is the second line of defence.
/// </summary>
internal sealed class ChildProcessParser(
    ParserPool pool, LegacyOfficeReader legacy, IOptions<ParserOptions> options, Telemetry telemetry, TimeProvider time, ILogger<ChildProcessParser> logger) : IDocumentParser
{
    public async Task<ParseResult> ParseAsync(string tenant, Stream content, string name, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Parse);
        var started = time.GetTimestamp();
        var result = await ParseAsync(tenant, content, name, withMembers: false, cancellationToken);
        telemetry.Read(activity, result, time.GetElapsedTime(started));
        return result;
    }

    /// <param name="withMembers">True when the files inside the document are listed and read as well.</param>
    public async Task<ParseResult> ParseAsync(string tenant, Stream content, string name, bool withMembers, CancellationToken cancellationToken)
    {
        using var copy = await TemporaryCopy.MakeAsync(content, name, options.Value.TempPath, cancellationToken);
        var request = new ChildRequest(copy.Path, withMembers);
        var result = await ReadAsync(tenant, request, cancellationToken);
        return await legacy.ReadAsync(
            request.File, result, file => ReadAsync(tenant, request with { File = file }, cancellationToken), cancellationToken);
    }

    private async Task<ParseResult> ReadAsync(string tenant, ChildRequest request, CancellationToken cancellationToken)
    {
        var small = new FileInfo(request.File) is { Exists: true, Length: var length } && length <= (long)options.Value.ReuseKiB << 10;
        var child = small ? await pool.RentAsync(tenant, cancellationToken) : await pool.StartAsync(cancellationToken);
        var isFirst = child.Documents == 0;
        var result = await ReadAsync(tenant, child, request, small, cancellationToken);
        if (result is not null)
            return result;

        var end = child.End!;
        logger.ParserEnded(child.Id, end.ExitCode, end.ToResult().Reason!);
        if (isFirst || end.Killed is not null)
            return end.ToResult();
        // An earlier document may have caused the crash: read the document again in a new child.
        var fresh = await pool.StartAsync(cancellationToken);
        return await ReadAsync(tenant, fresh, request, keep: false, cancellationToken) ?? fresh.End!.ToResult();
    }

    private async Task<ParseResult?> ReadAsync(
        string tenant, ParserChild child, ChildRequest request, bool keep, CancellationToken cancellationToken)
    {
        var answered = false;
        try
        {
            var result = await child.ReadAsync(request, cancellationToken);
            answered = result is not null;
            return result;
        }
        finally
        {
            if (answered && keep)
                pool.Return(tenant, child);
            else
                child.Dispose();
        }
    }
}
