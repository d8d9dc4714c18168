using System.Collections.Concurrent;
using RagApp.Cli.Ingest;
using RagApp.Contracts.Search;
using RagApp.Parsing;

namespace RagApp.Cli.Estimate;

/// <summary>
/// Reads files with the server's own readers, each in a process that one bad file may end. Scanned pages and old Office files need
/// programs that only the server has, and count as without text.
/// </summary>
internal sealed class FileEstimator : IDisposable
{
    private readonly ConcurrentBag<LocalParser> _idle = [];

    public async Task<FileEstimate> ReadAsync(LocalFile file, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var child))
            child = new LocalParser();
        try
        {
            return Of(file, await child.ReadAsync(file.FullName, cancellationToken));
        }
        finally
        {
            _idle.Add(child);
        }
    }

    public void Dispose()
    {
        foreach (var child in _idle)
            child.Dispose();
    }

    /// <summary>The estimate of a file that was read.</summary>
    public static FileEstimate Of(LocalFile file, ParseResult result)
    {
        var type = FormatRegistry.Shipped.Find(result.ContentType)?.DocumentType ?? DocumentTypes.Other;
        return new FileEstimate(file.Path, type, file.Size, result.Reason, TextOf(result));
    }

    /// <summary>The text of a file and of the files inside it.</summary>
    private static TextEstimate TextOf(ParseResult result) =>
        result.Members.Aggregate(TextEstimate.Of(result.Blocks), (sum, member) => member.Result is { } inside ? sum + TextOf(inside) : sum);
}
