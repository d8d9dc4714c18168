using System.Runtime.CompilerServices;
using RagApp.Contracts.Usage;

namespace RagApp.Storage.Journals;

/// <summary>The usage journal, one per tenant, in the bucket or folder of the documents.</summary>
internal sealed class UsageJournal(Journal<UsageRecord> journal, UsageDays days) : IUsageJournal
{
    public Task AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken) =>
        Task.WhenAll(records.GroupBy(record => record.Tenant).Select(tenant => journal.AppendAsync(tenant.Key, [.. tenant], cancellationToken)));

    /// <summary>Copies of a record have the same time, so that they follow each other.</summary>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = DateTimeOffset.MinValue;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var record in ReadWithCopiesAsync(tenant, from, to, cancellationToken))
        {
            if (record.At != at)
                ids.Clear();
            at = record.At;
            if (ids.Add(record.Id))
                yield return record;
        }
    }

    public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) => journal.ListTenantsAsync(cancellationToken);

    /// <summary>Old days as sums where there are some, and then every call.</summary>
    private async IAsyncEnumerable<UsageRecord> ReadWithCopiesAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var detailed = days.DetailedFrom;
        if (from < detailed)
        {
            foreach (var record in await days.ReadAsync(tenant, from, to < detailed ? to : detailed, cancellationToken))
                yield return record;
        }
        await foreach (var record in journal.ReadAsync(tenant, from > detailed ? from : detailed, to, cancellationToken))
            yield return record;
    }
}
