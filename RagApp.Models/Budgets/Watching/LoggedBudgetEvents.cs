using Microsoft.Extensions.Logging;

namespace RagApp.Models.Budgets.Watching;

/// <summary>Writes events about spend to the log and counts them.</summary>
internal sealed class LoggedBudgetEvents(Telemetry telemetry, ILogger<LoggedBudgetEvents> logger) : IBudgetEvents
{
    public void Raise(BudgetEvent what)
    {
        switch (what)
        {
            case BudgetEvent.SoftLimitReached reached:
                telemetry.SoftLimitReached(reached);
                logger.SoftLimitReached(reached.Scope, reached.Window.Name, Text(reached.Unit, reached.Spent), Text(reached.Unit, reached.Limit));
                break;
            case BudgetEvent.UnusualSpend unusual:
                telemetry.UnusualSpend(unusual);
                logger.UnusualSpend(
                    unusual.Tenant, unusual.KeyId ?? "none", unusual.Model, unusual.Hour, Money.Text(unusual.Spent), Money.Text(unusual.Usual));
                break;
        }
    }

    private static string Text(BudgetUnit unit, long amount) => unit == BudgetUnit.Money ? Money.Text(amount) : $"{amount} tokens";
}
