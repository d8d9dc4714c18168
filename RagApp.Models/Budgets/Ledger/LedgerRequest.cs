using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>A reservation or a settlement that waits for the script that makes it.</summary>
internal abstract class LedgerRequest(LedgerCall call, DateTimeOffset now)
{
    public LedgerCall Call => call;

    /// <summary>Time of the request by the ledger's clock.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The narrowest scope of the call. Calls that have the same one have all scopes in common.</summary>
    public BudgetScope Narrowest => call.Scopes[^1];

    /// <summary>Ends the request with the failure of its script.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Ends the request because the ledger's windows are not known.</summary>
    public abstract void NotReady();
}

/// <param name="rules">Budgets that the reservation must not pass.</param>
/// <param name="until">End of the reservation's lease.</param>
internal sealed class ReserveRequest(LedgerCall call, BudgetRules rules, DateTimeOffset now, DateTimeOffset until) : LedgerRequest(call, now)
{
    private readonly TaskCompletionSource<ReserveResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BudgetRules Rules => rules;

    public DateTimeOffset Until => until;

    public Task<ReserveResult> Result => _result.Task;

    public void End(ReserveResult result) => _result.SetResult(result);

    public override void Fail(Exception exception) => _result.TrySetException(exception);

    public override void NotReady() => End(new ReserveResult.NotReady());
}

/// <param name="record">Record of the call, which goes to the outbox.</param>
internal sealed class SettleRequest(UsageRecord record, DateTimeOffset now) : LedgerRequest(
    new LedgerCall(record.Id, record.At, record.Tenant, BudgetScope.Of(record.Tenant, record.KeyId, record.Model), Spend.None), now)
{
    private readonly TaskCompletionSource<SettleResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public UsageRecord Record => record;

    public Spend Spent { get; } = Spend.Of(record);

    public Task<SettleResult> Result => _result.Task;

    public void End(SettleResult result) => _result.SetResult(result);

    public override void Fail(Exception exception) => _result.TrySetException(exception);

    public override void NotReady() => End(new SettleResult.NotReady());
}
