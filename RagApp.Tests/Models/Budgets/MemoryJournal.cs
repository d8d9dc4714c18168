using System.Runtime.CompilerServices;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

/// <summary>A usage journal in memory, shared by the replicas of a test. It can stand still and fail.</summary>
internal sealed class MemoryJournal : IUsageJournal
{
    private readonly Lock _lock = new();
    private readonly List<UsageRecord> _records = [];

    /// <summary>True while the journal cannot be written.</summary>
    public bool Fails { get; set; }

    /// <summary>Task that readers wait for before they read.</summary>
    public Task MayRead { get; set; } = Task.CompletedTask;

    /// <summary>Number of the times that a tenant was read.</summary>
    public int Reads { get; private set; }

    /// <summary>All appended lines, with copies.</summary>
    public IReadOnlyList<UsageRecord> Lines
    {
        get
        {
            lock (_lock)
                return [.. _records];
        }
    }

    /// <summary>Spend of all records, each counted once.</summary>
    public Spend Total => Lines.DistinctBy(record => record.Id).Aggregate(Spend.None, (sum, record) => sum + Spend.Of(record));

    public Task AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken)
    {
        if (Fails)
            throw new IOException("The disk is away.");
        lock (_lock)
            _records.AddRange(records);
        return Task.CompletedTask;
    }

    public void Clear()
    {
        lock (_lock)
            _records.Clear();
    }

    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        string tenant, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await MayRead.WaitAsync(cancellationToken);
        Reads++;
        foreach (var record in Lines.Where(record => record.Tenant == tenant && record.At >= from && record.At < to).DistinctBy(record => record.Id).OrderBy(record => record.At))
            yield return record;
    }

    public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) =>
        Lines.Select(record => record.Tenant).Distinct().ToAsyncEnumerable();
}
