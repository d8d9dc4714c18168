using System.Globalization;
using System.Net;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Http;

namespace RagApp.Models.Budgets;

/// <summary>A call was refused (402) because a budget has too little left for it. The message says which budget, what is left and when it renews.</summary>
public sealed class BudgetExceededException : ProblemException
{
    /// <param name="left">Tokens, or micro-dollars, that the budget has left.</param>
    /// <param name="needed">Tokens, or micro-dollars, that the call may need.</param>
    public BudgetExceededException(BudgetScope scope, BudgetWindow window, BudgetUnit unit, long left, long needed)
        : base(HttpStatusCode.PaymentRequired, Sentence(scope, window, unit, left, needed))
    {
        Scope = scope;
        Window = window;
        Unit = unit;
        Left = left;
        Extensions = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["scope"] = JsonSerializer.SerializeToElement(scope.Kind, ContractsJson.Default.String),
            ["period"] = JsonSerializer.SerializeToElement(window.Period.Word(), ContractsJson.Default.String),
            ["unit"] = JsonSerializer.SerializeToElement(unit.Word(), ContractsJson.Default.String),
            ["left"] = JsonSerializer.SerializeToElement(unit == BudgetUnit.Tokens ? left : Money.Dollars(left), ContractsJson.Default.Decimal),
            ["renewsAt"] = JsonSerializer.SerializeToElement(window.RenewsAt, ContractsJson.Default.DateTimeOffset),
        };
    }

    public BudgetScope Scope { get; }

    public BudgetWindow Window { get; }

    public BudgetUnit Unit { get; }

    /// <summary>Tokens, or micro-dollars, that the budget has left.</summary>
    public long Left { get; }

    private static string Sentence(BudgetScope scope, BudgetWindow window, BudgetUnit unit, long left, long needed)
    {
        var period = window.Period.Word();
        return string.Create(CultureInfo.InvariantCulture,
            $"The budget of {scope} for this {period} has {Amount(unit, left)} left, and this call may need {Amount(unit, needed)}. ")
            + string.Create(CultureInfo.InvariantCulture,
                $"It renews at {window.RenewsAt:yyyy-MM-dd HH:mm} UTC; until then send less text or ask for a shorter answer, or ask the operator to raise the budget.");
    }

    private static string Amount(BudgetUnit unit, long amount) =>
        unit == BudgetUnit.Tokens ? string.Create(CultureInfo.InvariantCulture, $"{amount:N0} tokens") : Money.Text(amount);
}
