namespace RagApp.Models.Budgets.Ledger;

/// <summary>Outcome of a reservation.</summary>
internal abstract record ReserveResult
{
    private ReserveResult()
    {
    }

    /// <summary>Every scope and period had enough left.</summary>
    public sealed record Reserved : ReserveResult;

    /// <summary>The ledger's windows are not known; nothing is reserved.</summary>
    public sealed record NotReady : ReserveResult;

    /// <summary>A budget has too little left; nothing is reserved.</summary>
    /// <param name="Left">Micro-dollars or tokens that are left.</param>
    /// <param name="Expired">Number of reservations whose lease has ended and that were not given back yet.</param>
    public sealed record Exceeded(BudgetScope Scope, BudgetWindow Window, BudgetUnit Unit, long Left, long Expired) : ReserveResult;
}
