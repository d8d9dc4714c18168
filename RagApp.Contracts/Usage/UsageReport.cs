namespace RagApp.Contracts.Usage;

/// <summary>Answer of <c>GET /v1/usage</c>: the model calls of a tenant or of one API key, and its budgets.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC.</param>
/// <param name="Lines">Usage by what was asked for, in the order of these values.</param>
/// <param name="Total">Usage of all lines together.</param>
/// <param name="Budgets">The budgets now; none when none is configured.</param>
public sealed record UsageReport(
    DateOnly From, DateOnly To, IReadOnlyList<UsageLine> Lines, UsageTotal Total, IReadOnlyList<BudgetInfo> Budgets);

/// <summary>Usage of one day, model, feature and key; a value that was not asked for is null.</summary>
/// <param name="Day">Day on which the calls began, UTC.</param>
/// <param name="Feature">Part of the program that called, such as <c>answers</c>.</param>
/// <param name="Key">Id of the API key; empty for calls without one.</param>
public sealed record UsageLine(DateOnly? Day, string? Model, string? Feature, string? Key, UsageTotal Usage);

/// <summary>A number of calls with their tokens and their cost.</summary>
/// <param name="Cost">Cost in US dollars, exact to the micro-dollar.</param>
public sealed record UsageTotal(long Calls, long InputTokens, long OutputTokens, decimal Cost);

/// <summary>A budget in its current day or month.</summary>
/// <param name="Scope"><c>key</c> or <c>tenant</c>.</param>
/// <param name="Model">Model that the budget is for; null for all models together.</param>
/// <param name="Period"><c>day</c> or <c>month</c>, UTC.</param>
/// <param name="Unit"><c>usd</c> or <c>tokens</c>.</param>
/// <param name="Limit">Hard limit; null when there is none.</param>
/// <param name="SoftLimit">Soft limit; null when there is none.</param>
/// <param name="Spent">Spend of the calls that have ended.</param>
/// <param name="Reserved">The most that the running calls may still spend.</param>
/// <param name="Left">Rest of the hard limit that a new call may use; null when there is no hard limit.</param>
public sealed record BudgetInfo(
    string Scope, string? Model, string Period, string Unit, decimal? Limit, decimal? SoftLimit, decimal Spent, decimal Reserved, decimal? Left,
    DateTimeOffset RenewsAt);
