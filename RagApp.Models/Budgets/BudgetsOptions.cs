using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Models.Budgets;

/// <summary>The budgets, section <c>Budgets</c>. A change is used at once, without a restart.</summary>
public sealed class BudgetsOptions
{
    public const string Section = "Budgets";

    /// <summary>The budgets; none by default, so that no call is refused.</summary>
    [ValidateEnumeratedItems]
    public List<BudgetLimitOptions> Limits { get; } = [];

    /// <summary>Detection of unusual spend.</summary>
    [ValidateObjectMembers]
    public UnusualSpendOptions Unusual { get; } = new();

    /// <summary>
    /// Time after which the reservation of a process that died is given back, 00:00:10 to 01:00:00; 1 minute by default. A
    /// process that runs renews its reservations three times in this time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00", ErrorMessage = "Budgets:Lease lies between 00:00:10 and 01:00:00.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// One budget, an entry of <c>Budgets:Limits</c>. Without a tenant and a key it covers all calls together; <c>*</c> gives each
/// tenant, or each key, a budget of its own. A budget that names a tenant or key takes the place of one with <c>*</c>.
/// </summary>
public sealed class BudgetLimitOptions : IValidatableObject
{
    /// <summary>A tenant, or <c>*</c> for each; no tenant by default.</summary>
    public string? Tenant { get; set; }

    /// <summary>Id of an API key, or <c>*</c> for each; no key by default.</summary>
    public string? Key { get; set; }

    /// <summary>Model that the budget is for; all models together by default.</summary>
    public string? Model { get; set; }

    /// <summary>Time after which the budget renews: <c>Day</c> by default, or <c>Month</c>.</summary>
    [EnumDataType(typeof(BudgetPeriod), ErrorMessage = "Budgets:Limits:N:Period is Day or Month.")]
    public BudgetPeriod Period { get; set; } = BudgetPeriod.Day;

    /// <summary>Hard limit of tokens, 0 to 1,000,000,000,000,000; none by default.</summary>
    [Range(typeof(long), "0", "1000000000000000", ErrorMessage = "Budgets:Limits:N:Tokens lies between 0 and 1000000000000000.")]
    public long? Tokens { get; set; }

    /// <summary>Soft limit of tokens; none by default.</summary>
    [Range(typeof(long), "0", "1000000000000000", ErrorMessage = "Budgets:Limits:N:SoftTokens lies between 0 and 1000000000000000.")]
    public long? SoftTokens { get; set; }

    /// <summary>Hard limit in US dollars, 0 to 1,000,000,000; none by default.</summary>
    [Range(typeof(decimal), "0", "1000000000", ErrorMessage = "Budgets:Limits:N:Dollars lies between 0 and 1000000000.")]
    public decimal? Dollars { get; set; }

    /// <summary>Soft limit in US dollars; none by default.</summary>
    [Range(typeof(decimal), "0", "1000000000", ErrorMessage = "Budgets:Limits:N:SoftDollars lies between 0 and 1000000000.")]
    public decimal? SoftDollars { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tokens is null && SoftTokens is null && Dollars is null && SoftDollars is null)
            yield return new ValidationResult("Budgets:Limits:N has no limit: set Tokens, SoftTokens, Dollars or SoftDollars.");
        if (SoftTokens > Tokens)
            yield return new ValidationResult("Budgets:Limits:N:SoftTokens is above Budgets:Limits:N:Tokens, so that it would never be reached: lower it.");
        if (SoftDollars > Dollars)
            yield return new ValidationResult("Budgets:Limits:N:SoftDollars is above Budgets:Limits:N:Dollars, so that it would never be reached: lower it.");
    }
}

/// <summary>Detection of unusual spend, section <c>Budgets:Unusual</c>.</summary>
public sealed class UnusualSpendOptions
{
    /// <summary>An hour is unusual when it costs more than this many times the usual hour, 1.5 to 1,000; 5 by default.</summary>
    [Range(1.5, 1000, ErrorMessage = "Budgets:Unusual:Factor lies between 1.5 and 1000.")]
    public double Factor { get; set; } = 5;

    /// <summary>US dollars up to which an hour is never unusual, 0.01 to 1,000,000; 5 by default.</summary>
    [Range(typeof(decimal), "0.01", "1000000", ErrorMessage = "Budgets:Unusual:Floor lies between 0.01 and 1000000.")]
    public decimal Floor { get; set; } = 5;
}
