using System.Diagnostics;
using System.Threading.Channels;
using RagApp.Contracts.Identity;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Audit;

/// <summary>
/// Records answers, searches and refusals in the audit journal. They are many, and none of them changes anything: they are written together every few seconds,
/// and nobody waits for it. While the store is away they are kept up to a bound; the log says how many were lost.
/// </summary>
internal sealed class RequestAudit(IServiceProvider services, TimeProvider time, ILogger<RequestAudit> logger) : PeriodicAudit(services, time)
{
    private const int MostWaiting = 20_000;
    private const int MostTogether = 1_000;

    private readonly Channel<AuditRecord> _waiting = Channel.CreateBounded<AuditRecord>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Records that found no room.</summary>
    private int _lost;

    /// <param name="details">Names, numbers and ids; never text of a question, an answer or a document.</param>
    public void Record(Principal principal, string action, IEnumerable<(string Name, string? Value)> details)
    {
        if (Journal is null)
            return;
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            if (!string.IsNullOrEmpty(value))
                all[name] = value;
        }
        if (principal.KeyId is { } key)
            all["key"] = key;
        Keep(new AuditRecord(
            principal.Tenant, Time.GetUtcNow(), AccessEntry.User(principal.Subject), action, DocumentId: null, Version: null, all, Activity.Current?.TraceId.ToHexString()));
    }

    private void Keep(AuditRecord record)
    {
        if (!_waiting.Writer.TryWrite(record))
            Interlocked.Increment(ref _lost);
    }

    public override async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (Take() is { Count: > 0 } records)
        {
            var writes = records.ConvertAll(record => (Record: record, Done: Journal!.AppendAsync(record, cancellationToken)));
            try
            {
                await Task.WhenAll(writes.Select(write => write.Done));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // a boundary: they are written when the store is back
                writes.Where(write => !write.Done.IsCompletedSuccessfully).ToList().ForEach(write => Keep(write.Record));
                logger.RequestsNotRecorded(_waiting.Reader.Count, Interlocked.Exchange(ref _lost, 0), exception);
                return;
            }
        }
    }

    private List<AuditRecord> Take()
    {
        var records = new List<AuditRecord>();
        while (records.Count < MostTogether && _waiting.Reader.TryRead(out var record))
            records.Add(record);
        return records;
    }
}
