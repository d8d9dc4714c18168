using System.Text.Json;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>The journal <c>audit</c>: a line of JSON for each record.</summary>
internal sealed class AuditJournal(IBlobStore blobs, TimeProvider time) : IAuditJournal
{
    private const string Name = "audit";

    private readonly JournalWriter _writer = new(blobs, Name, time);
    private readonly JournalReader<AuditRecord> _reader = new(blobs, Name, StorageJson.Plain.AuditRecord, record => record.At);

    public Task AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        var utc = record with { At = record.At.ToUniversalTime() };
        var line = new JournalLine(utc.At, JsonSerializer.SerializeToUtf8Bytes(utc, StorageJson.Plain.AuditRecord));
        return _writer.AppendAsync(record.Tenant, line, cancellationToken);
    }

    public IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        _reader.ReadAsync(tenant, from, to, cancellationToken);
}
