using System.Text.Json;
using RagApp.Storage.Blobs;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Storage.Journals;

/// <summary>The journal named <c>audit</c>, whose segments are links of a hash chain.</summary>
internal sealed class AuditJournal(IBlobStore blobs, AuditChain chain, Telemetry telemetry, TimeProvider time) : IAuditJournal
{
    public const string Name = "audit";

    private readonly Journal<AuditRecord> _journal = new(blobs, Name, JournalsJson.Plain.AuditRecord, record => record.At, telemetry, time, chain);

    public Task AppendAsync(AuditRecord record, CancellationToken cancellationToken) =>
        _journal.AppendAsync(record.Tenant, [record with { At = record.At.ToUniversalTime() }], cancellationToken);

    public IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        _journal.ReadAsync(tenant, from, to, cancellationToken);

    public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) => _journal.ListTenantsAsync(cancellationToken);
}

/// <summary>Exports audit records as JSON Lines: the records as they are stored.</summary>
public static class AuditLines
{
    public const string ContentType = "application/jsonl; charset=utf-8";

    /// <summary>One record as a line of JSON, without a line break.</summary>
    public static string Of(AuditRecord record) => JsonSerializer.Serialize(record, JournalsJson.Plain.AuditRecord);
}
