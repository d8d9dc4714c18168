using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Journals.Chain;

/// <summary>
/// The hash chain over the segments of an audit journal. Each link is a blob whose name is its number, and is written only if there is
/// none: several processes therefore append to one chain. A process that dies between segment and link leaves a segment outside of the
/// chain, whose records were never acknowledged.
/// </summary>
internal sealed class AuditChain(IBlobStore blobs, AuditSignatures signatures, AuditRemovals removals, TimeProvider time, ILogger<AuditChain> logger)
{
    /// <summary>The last link that this process knows of, by folder.</summary>
    private readonly ConcurrentDictionary<string, Head> _heads = new(StringComparer.Ordinal);

    /// <summary>Folders with links since their last checkpoint.</summary>
    private readonly ConcurrentDictionary<string, bool> _unmarked = new(StringComparer.Ordinal);

    /// <summary>Adds a segment that is written; its records count as durable when this returns.</summary>
    /// <param name="folder">Folder of the journal.</param>
    /// <param name="key">Key of the segment.</param>
    /// <param name="sha256">SHA-256 of the segment's bytes, lower-case hex.</param>
    public async Task AddAsync(string folder, string key, string sha256, int records)
    {
        var segment = key[(folder.Length + 1)..];
        var head = _heads.TryGetValue(folder, out var known) ? known : await FindHeadAsync(folder);
        while (true)
        {
            var link = Sign(folder, new AuditLink(head.Number + 1, segment, sha256, records, head.Hash, time.GetUtcNow(), Signature: ""));
            try
            {
                await using var content = SealedJson.Write(link, JournalsJson.Plain.AuditLink);
                await blobs.PutAsync(ChainKeys.Link(folder, link.Number), content, BlobCondition.IfNew, CancellationToken.None);
                head = new Head(link.Number, link.HashIn(folder));
                break;
            }
            catch (BlobConflictException)
            {
                // Another process was first, or this link was written although the store did not say so.
                head = await ReadAsync(folder, head.Number + 1);
                if (head.Segment == segment)
                    break;
            }
        }
        _heads[folder] = head;
        _unmarked[folder] = true;
    }

    /// <summary>Writes a checkpoint of each journal that this process has added links to since the last one.</summary>
    public async Task WriteCheckpointsAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in _unmarked.Keys)
        {
            if (!_unmarked.TryRemove(folder, out _) || !_heads.TryGetValue(folder, out var head))
                continue;
            try
            {
                var checkpoint = new AuditCheckpoint(head.Number, head.Hash, time.GetUtcNow(), Signature: "");
                checkpoint = checkpoint with { Signature = signatures.Sign(checkpoint.SignedText(folder)) };
                await using var content = SealedJson.Write(checkpoint, JournalsJson.Plain.AuditCheckpoint);
                await blobs.PutAsync(ChainKeys.Checkpoint(folder, head.Number), content, BlobCondition.None, cancellationToken);
                logger.CheckpointWritten(folder, checkpoint.ToString());
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _unmarked[folder] = true;
                logger.CheckpointFailed(folder, exception); // a boundary: the next time tries again
            }
        }
    }

    private AuditLink Sign(string folder, AuditLink link) => link with { Signature = signatures.Sign(link.SignedText(folder)) };

    /// <summary>Finds the last link, which is never removed. Numbers have no gaps behind what was removed, unless somebody tampered with it, which a verification finds.</summary>
    private async Task<Head> FindHeadAsync(string folder)
    {
        var first = 1L;
        while (await removals.FindAsync(folder, problems: null, CancellationToken.None) is { } removal && removal.Through >= first)
        {
            first = removal.Through + 1;
            if (await ExistsAsync(folder, first))
                break; // else more was removed meanwhile
        }
        var (found, missing) = (first - 1, first);
        while (await ExistsAsync(folder, missing))
            (found, missing) = (missing, missing + (missing - first) + 1);
        while (missing - found > 1)
        {
            var middle = found + ((missing - found) / 2);
            (found, missing) = await ExistsAsync(folder, middle) ? (middle, missing) : (found, middle);
        }
        return found == 0 ? new Head(0, AuditLink.Origin) : await ReadAsync(folder, found);
    }

    private async Task<bool> ExistsAsync(string folder, long number) =>
        await blobs.FindWrittenAtAsync(ChainKeys.Link(folder, number), CancellationToken.None) is not null;

    /// <summary>Reads a link. The chain goes on behind a damaged one: a verification finds the break.</summary>
    private async Task<Head> ReadAsync(string folder, long number)
    {
        var key = ChainKeys.Link(folder, number);
        await using var blob = await blobs.ReadAsync(key, CancellationToken.None);
        try
        {
            var link = blob is null ? null : await SealedJson.ReadAsync(key, blob, JournalsJson.Plain.AuditLink, CancellationToken.None);
            return link is null ? new Head(number, AuditLink.Origin) : new Head(number, link.HashIn(folder), link.Segment);
        }
        catch (CorruptBlobException)
        {
            return new Head(number, AuditLink.Origin);
        }
    }

    private sealed record Head(long Number, string Hash, string? Segment = null);
}
