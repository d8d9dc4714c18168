using System.Globalization;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>A model call as the ledger sees it.</summary>
/// <param name="Id">Id of the call, the same in its record.</param>
/// <param name="At">Start of the call by the ledger's clock.</param>
/// <param name="Held">The most that the call may spend.</param>
internal sealed record LedgerCall(string Id, DateTimeOffset At, string Tenant, IReadOnlyList<BudgetScope> Scopes, Spend Held)
{
    public BudgetWindow Day { get; } = BudgetWindow.Of(BudgetPeriod.Day, At);

    public BudgetWindow Month { get; } = BudgetWindow.Of(BudgetPeriod.Month, At);

    /// <summary>The reservation as a line of words, see <see cref="LedgerScripts"/>.</summary>
    public string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"{Held.MicroDollars} {Held.Tokens} {Day.Name} {Month.Name} {At.ToUnixTimeMilliseconds()} {BudgetScope.Escape(Tenant)} {string.Join(' ', Scopes.Select(scope => scope.Field))}");
}
