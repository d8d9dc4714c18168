namespace RagApp.Storage.Journals;

/// <summary>
/// The record of who did what, per tenant; nothing in it is ever changed or removed. What must not happen without
/// its record is recorded first: when <see cref="AppendAsync"/> fails, it does not happen.
/// </summary>
public interface IAuditJournal
{
    /// <summary>Returns when the record is durable.</summary>
    /// <remarks>One that was cancelled, or failed by an outage, may be in the journal all the same.</remarks>
    Task AppendAsync(AuditRecord record, CancellationToken cancellationToken);

    /// <summary>A tenant's records from <paramref name="from"/> until before <paramref name="to"/>, by their time.</summary>
    /// <exception cref="DamagedJournalException">After everything that could be read, when there was something that could not.</exception>
    IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
