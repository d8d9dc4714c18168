using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Ledger;

namespace RagApp.Models.Budgets;

/// <summary>
/// Charges model calls to the budgets of their callers. Without a ledger there are no budgets, and usage is only counted in metrics.
/// </summary>
public sealed class ModelBudgets
{
    private readonly BudgetLedger? _ledger;
    private readonly Telemetry _telemetry;
    private readonly TimeProvider _time;

    internal ModelBudgets(BudgetLedger? ledger, Telemetry telemetry, TimeProvider time)
    {
        _ledger = ledger;
        _telemetry = telemetry;
        _time = time;
    }

    /// <summary>Reserves what a call may spend. The charge that is returned must be settled or disposed, which gives the reservation back.</summary>
    /// <param name="inputTokens">Counts the tokens of the prompt or of the texts to embed; it is called only for a call under a hard limit.</param>
    /// <param name="maxOutputTokens">Largest number of tokens that the model may write.</param>
    /// <exception cref="BudgetExceededException">A budget has too little left.</exception>
    /// <exception cref="BudgetsUnavailableException">It is not known now how much of the budgets is spent.</exception>
    public async Task<ModelCharge> ReserveAsync(
        ModelCaller caller, string model, ModelPrice price, Func<long> inputTokens, long maxOutputTokens, CancellationToken cancellationToken)
    {
        var at = _ledger is null ? _time.GetUtcNow() : await _ledger.NowAsync();
        var call = new LedgerCall(Guid.NewGuid().ToString("N"), at, caller.Tenant, BudgetScope.Of(caller.Tenant, caller.KeyId, model), Spend.None);
        if (_ledger?.LimitsOf(call) is not { } limits)
            return new ModelCharge(this, caller, model, price, call, isReserved: false);
        var input = inputTokens();
        call = call with { Held = new Spend(price.CostOf(input, maxOutputTokens), input + maxOutputTokens) };
        await ReserveAsync(_ledger, call, limits, cancellationToken);
        var charge = new ModelCharge(this, caller, model, price, call, isReserved: true);
        _ledger.Began(charge);
        return charge;
    }

    /// <summary>The budgets of an API key, and of its tenant when <paramref name="withTenant"/> is true, with what is left of them; none when there is no ledger.</summary>
    public Task<IReadOnlyList<BudgetStatus>> ReadAsync(string tenant, string? keyId, bool withTenant) =>
        _ledger?.ReadAsync(tenant, keyId, withTenant) ?? Task.FromResult<IReadOnlyList<BudgetStatus>>([]);

    internal async Task SettleAsync(ModelCharge charge, UsageRecord record)
    {
        if (_ledger is null)
        {
            _telemetry.Settled(record);
            return;
        }
        _ledger.Ended(charge);
        await _ledger.SettleAsync(record with { SettledAt = await _ledger.NowAsync() });
    }

    internal async Task ReleaseAsync(ModelCharge charge)
    {
        if (!charge.IsReserved)
            return;
        _ledger!.Ended(charge);
        await _ledger.GiveBackAsync(charge.Call);
    }

    private async Task ReserveAsync(BudgetLedger ledger, LedgerCall call, BudgetRules limits, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ledger.ReserveAsync(call, limits, cancellationToken);
        }
        catch (BudgetExceededException refusal)
        {
            _telemetry.Refused(refusal);
            throw;
        }
        catch (BudgetsUnavailableException)
        {
            _telemetry.Unavailable();
            throw;
        }
    }
}
