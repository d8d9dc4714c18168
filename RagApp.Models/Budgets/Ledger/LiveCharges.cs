using System.Collections.Concurrent;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>The calls of this process that hold reservations.</summary>
internal sealed class LiveCharges(RedisLedger ledger)
{
    private readonly ConcurrentDictionary<string, ModelCharge> _charges = new(StringComparer.Ordinal);

    public void Add(ModelCharge charge) => _charges[charge.Call.Id] = charge;

    public void Remove(ModelCharge charge) => _charges.TryRemove(charge.Call.Id, out _);

    /// <summary>Extends the leases of all reservations; those that the ledger has lost are made again.</summary>
    public Task RenewAsync(DateTimeOffset until) =>
        Task.WhenAll(_charges.Values.Select(charge => charge.WhileOpen(() => ledger.RenewAsync(charge.Call, until))));
}
