namespace RagApp.Models.Budgets.Ledger;

/// <summary>Outcome of settling a call.</summary>
internal abstract record SettleResult
{
    private SettleResult()
    {
    }

    /// <summary>The ledger's windows are not known; the call has to be settled later.</summary>
    public sealed record NotReady : SettleResult;

    /// <summary>The call was settled before.</summary>
    public sealed record Known : SettleResult;

    /// <summary>The spend was added.</summary>
    /// <param name="Hour">Micro-dollars that the tenant's key has spent on the model in the hour of the call.</param>
    /// <param name="Day">Spend of each scope in the day of the call, in the order of the call's scopes.</param>
    /// <param name="Month">Spend of each scope in its month.</param>
    public sealed record Added(long Hour, IReadOnlyList<Spend> Day, IReadOnlyList<Spend> Month) : SettleResult;
}
