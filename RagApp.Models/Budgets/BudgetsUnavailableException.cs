using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Models.Budgets;

/// <summary>A call was refused (503) because it is not known now how much of its budgets is spent.</summary>
public sealed class BudgetsUnavailableException : ProblemException
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private BudgetsUnavailableException(string message, Exception? inner)
        : base(HttpStatusCode.ServiceUnavailable, message, inner) => RetryAfter = Wait;

    /// <summary>Creates the error for a ledger whose server does not answer.</summary>
    public static BudgetsUnavailableException NotReached(Exception inner) =>
        new("The ledger of the budgets cannot be reached at the moment, so no model can be called. Try again shortly.", inner);

    /// <summary>Creates the error for a ledger that is being rebuilt from the usage journal.</summary>
    public static BudgetsUnavailableException BeingRebuilt() =>
        new("The ledger of the budgets is being rebuilt from the usage journal, so no model can be called until it is complete. Try again shortly.", inner: null);
}
