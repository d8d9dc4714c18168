namespace RagApp.Storage.Journals;

/// <summary>
/// The append-only record of who did what, per tenant. An action that must not happen without its record is recorded
/// first: when <see cref="AppendAsync"/> fails, the action does not take place.
/// </summary>
public interface IAuditJournal
{
    /// <summary>Appends a record; returns when it is durable.</summary>
    /// <remarks>After a cancellation or an outage, the record may be in the journal all the same.</remarks>
    Task AppendAsync(AuditRecord record, CancellationToken cancellationToken);

    /// <summary>A tenant's records from <paramref name="from"/> until before <paramref name="to"/>, in the order of their times.</summary>
    /// <exception cref="DamagedJournalException">Some segments are damaged; thrown after all readable records.</exception>
    IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The tenants that have anything stored, also those without a record.</summary>
    IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken);
}
