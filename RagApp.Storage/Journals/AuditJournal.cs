using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>The journal named <c>audit</c>.</summary>
internal sealed class AuditJournal(IBlobStore blobs, Telemetry telemetry, TimeProvider time) : IAuditJournal
{
    private readonly Journal<AuditRecord> _journal = new(blobs, "audit", JournalsJson.Plain.AuditRecord, record => record.At, telemetry, time);

    public Task AppendAsync(AuditRecord record, CancellationToken cancellationToken) =>
        _journal.AppendAsync(record.Tenant, [record with { At = record.At.ToUniversalTime() }], cancellationToken);

    public IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        _journal.ReadAsync(tenant, from, to, cancellationToken);
}
