using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Journals.Chain;

/// <summary>
/// Removes what is older than the retention: 1. finds the last link that is old, but never the newest of all, 2. signs a statement about what goes, 3. removes
/// segments and links up to there, and what only they need. After a crash the next run removes the rest, and a verification holds at every moment.
/// </summary>
public sealed class AuditRetention
{
    private const string Service = "service:audit-retention";

    /// <summary>Segments from before the chain began are removed this much later, so that their link, if they have one, is among the removed ones.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly IBlobStore _blobs;
    private readonly AuditRemovals _removals;
    private readonly AuditSignatures _signatures;
    private readonly IAuditJournal _journal;
    private readonly IOptions<AuditChainOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditRetention> _logger;

    internal AuditRetention(
        IBlobStore blobs, AuditRemovals removals, AuditSignatures signatures, IAuditJournal journal, IOptions<AuditChainOptions> options, TimeProvider time,
        ILogger<AuditRetention> logger) =>
        (_blobs, _removals, _signatures, _journal, _options, _time, _logger) = (blobs, removals, signatures, journal, options, time, logger);

    /// <summary>False when records are kept for good, or when there is no key to sign a removal with.</summary>
    public bool IsOn => _options.Value.RetentionDays > 0 && _signatures.HasKey;

    /// <summary>Removes the old records of all tenants.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!IsOn)
            return;
        await foreach (var tenant in _journal.ListTenantsAsync(cancellationToken))
        {
            try
            {
                await RunAsync(tenant, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                _logger.RetentionFailed(tenant, exception); // a boundary: the next run tries again
            }
        }
    }

    /// <summary>Removes the old records of a tenant; returns their number.</summary>
    public async Task<long> RunAsync(string tenant, CancellationToken cancellationToken)
    {
        var folder = SegmentName.Folder(tenant, AuditJournal.Name);
        var before = _time.GetUtcNow() - TimeSpan.FromDays(_options.Value.RetentionDays);
        var earlier = await _removals.FindAsync(folder, problems: null, cancellationToken);
        var old = await ListOldAsync(folder, earlier?.Through ?? 0, before, cancellationToken); // 1
        var removal = earlier;
        if (old is [.., var last])
        {
            removal = new AuditRemoval(last.Number, last.HashIn(folder), (earlier?.Records ?? 0) + old.Sum(link => (long)link.Records), last.At, _time.GetUtcNow(), Signature: "");
            await _removals.WriteAsync(folder, removal, cancellationToken); // 2
        }
        if (removal is null)
            return 0;
        await RemoveLinkedAsync(folder, removal.Through, cancellationToken); // 3
        await RemoveUpToAsync(ChainKeys.Links(folder), removal.Through, cancellationToken);
        await RemoveUpToAsync(ChainKeys.Checkpoints(folder), removal.Through - 1, cancellationToken);
        await RemoveUpToAsync(ChainKeys.Removals(folder), removal.Through - 1, cancellationToken);
        await RemoveSegmentsAsync(folder, removal.Until - Margin, cancellationToken);
        if (old.Count == 0)
            return 0;
        await RecordAsync(tenant, removal, old.Sum(link => (long)link.Records), cancellationToken);
        return old.Sum(link => (long)link.Records);
    }

    /// <summary>The old links in their order, up to the first that is not old, is damaged, or has no successor.</summary>
    private async Task<List<AuditLink>> ListOldAsync(string folder, long through, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = new List<AuditLink>();
        for (var number = through + 1; await ReadAsync(folder, number, cancellationToken) is { } link && link.At < before; number++)
            old.Add(link);
        if (old is [.., var last] && await _blobs.FindWrittenAtAsync(ChainKeys.Link(folder, last.Number + 1), cancellationToken) is null)
            old.RemoveAt(old.Count - 1);
        return old;
    }

    private async Task<AuditLink?> ReadAsync(string folder, long number, CancellationToken cancellationToken)
    {
        var key = ChainKeys.Link(folder, number);
        await using var blob = await _blobs.ReadAsync(key, cancellationToken);
        try
        {
            var link = blob is null ? null : await SealedJson.ReadAsync(key, blob, JournalsJson.Plain.AuditLink, cancellationToken);
            return link?.Number == number && _signatures.IsValid(link.SignedText(folder), link.Signature) ? link : null; // what was tampered with stays, as evidence
        }
        catch (CorruptBlobException)
        {
            return null;
        }
    }

    /// <summary>Removes the segments of the links up to one, as far as an interrupted run has left the links.</summary>
    private async Task RemoveLinkedAsync(string folder, long through, CancellationToken cancellationToken)
    {
        foreach (var key in await ListUpToAsync(ChainKeys.Links(folder), through, cancellationToken))
        {
            if (await ReadAsync(folder, ChainKeys.NumberIn(key)!.Value, cancellationToken) is { } link)
                await _blobs.DeleteAsync($"{folder}/{link.Segment}", cancellationToken);
        }
    }

    private async Task RemoveUpToAsync(string folder, long through, CancellationToken cancellationToken)
    {
        foreach (var key in await ListUpToAsync(folder, through, cancellationToken))
            await _blobs.DeleteAsync(key, cancellationToken);
    }

    private async Task<List<string>> ListUpToAsync(string folder, long through, CancellationToken cancellationToken) =>
        await _blobs.ListAsync(folder, after: null, cancellationToken)
            .TakeWhile(key => ChainKeys.NumberIn(key) is { } number && number <= through).ToListAsync(cancellationToken);

    /// <summary>Removes segments that begin long before the removed links were written: those from before the chain began.</summary>
    private async Task RemoveSegmentsAsync(string folder, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var keys = await _blobs.ListAsync(folder, after: null, cancellationToken)
            .TakeWhile(key => SegmentName.TryParseStart(folder, key, out var start) && start < before).ToListAsync(cancellationToken);
        foreach (var key in keys)
            await _blobs.DeleteAsync(key, cancellationToken);
    }

    private async Task RecordAsync(string tenant, AuditRemoval removal, long records, CancellationToken cancellationToken)
    {
        _logger.RecordsExpired(tenant, records);
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["records"] = records.ToString(CultureInfo.InvariantCulture),
            ["through"] = removal.Through.ToString(CultureInfo.InvariantCulture),
            ["until"] = removal.Until.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        };
        await _journal.AppendAsync(
            new AuditRecord(tenant, _time.GetUtcNow(), Service, AuditActions.RecordsExpired, DocumentId: null, Version: null, details, TraceId: null), cancellationToken);
    }
}
