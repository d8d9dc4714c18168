using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Ledger;

namespace RagApp.Models.Budgets;

/// <summary>One model call's charge to the budgets of its caller. The first of settling and releasing counts.</summary>
public sealed class ModelCharge : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ModelBudgets _budgets;
    private readonly ModelCaller _caller;
    private readonly string _model;
    private readonly ModelPrice _price;
    private bool _closed;

    internal ModelCharge(ModelBudgets budgets, ModelCaller caller, string model, ModelPrice price, LedgerCall call, bool isReserved)
    {
        (_budgets, _caller, _model, _price, Call, IsReserved) = (budgets, caller, model, price, call, isReserved);
    }

    /// <summary>True when the call is under a hard limit, so that it may not write more than was reserved.</summary>
    public bool IsReserved { get; }

    internal LedgerCall Call { get; }

    /// <summary>Charges what the call has used, more or less than was reserved. It does not fail: what the ledger does not take now is settled later.</summary>
    /// <param name="isCounted">True when the provider reported no usage and this program counted it.</param>
    public async Task SettleAsync(long inputTokens, long outputTokens, bool isCounted)
    {
        if (!Close())
            return;
        await _budgets.SettleAsync(this, new UsageRecord(
            Call.Id, Call.At, _caller.Tenant, _caller.KeyId, _model, _caller.Feature,
            inputTokens, outputTokens, _price.CostOf(inputTokens, outputTokens), SettledAt: Call.At, isCounted));
    }

    /// <summary>Gives the reservation back: the call has used nothing.</summary>
    public async Task ReleaseAsync()
    {
        if (Close())
            await _budgets.ReleaseAsync(this);
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync();

    /// <summary>Starts work on the reservation unless the charge is closed; a renewal that started before the end is sent before it.</summary>
    internal Task WhileOpen(Func<Task> work)
    {
        lock (_lock)
            return _closed ? Task.CompletedTask : work();
    }

    private bool Close()
    {
        lock (_lock)
        {
            var first = !_closed;
            _closed = true;
            return first;
        }
    }
}
