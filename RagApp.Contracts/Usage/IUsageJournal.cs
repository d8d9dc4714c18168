namespace RagApp.Contracts.Usage;

/// <summary>The append-only record of every model call: the truth about spend, from which the ledger can be rebuilt.</summary>
public interface IUsageJournal
{
    /// <summary>Appends records; returns when all of them are durable.</summary>
    Task AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// A tenant's records whose <see cref="UsageRecord.At"/> lies from <paramref name="from"/> until before <paramref name="to"/>, in
    /// the order of these times. A record that was appended more than once is returned once. Calls of days that are long past may be
    /// returned as sums, see <see cref="UsageRecord.FurtherCalls"/>, whose time is the beginning of the day.
    /// </summary>
    IAsyncEnumerable<UsageRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The tenants that have records.</summary>
    IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken);
}
