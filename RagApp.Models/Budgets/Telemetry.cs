using System.Diagnostics.Metrics;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Watching;

namespace RagApp.Models.Budgets;

/// <summary>Metrics of spend and budgets.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Models.Budgets";

    private readonly Counter<double> _cost;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _events;
    private readonly Counter<long> _postponed;
    private readonly Counter<long> _expired;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _cost = meter.CreateCounter<double>(Metrics.Cost, "{USD}", "Cost of model calls in US dollars, by tenant, model and feature.");
        _tokens = meter.CreateCounter<long>(Metrics.Tokens, "{token}", "Tokens of model calls, by tenant, model, feature and direction.");
        _refused = meter.CreateCounter<long>(Metrics.Refused, "{call}", "Model calls refused because of a budget, by scope, period and unit, or because the ledger is not available.");
        _events = meter.CreateCounter<long>(Metrics.Events, "{event}", "Events about spend: soft limits reached and unusual hours.");
        _postponed = meter.CreateCounter<long>(Metrics.Postponed, "{call}", "Calls that could not be settled in the ledger at once.");
        _expired = meter.CreateCounter<long>(Metrics.Expired, "{reservation}", "Reservations that were never settled, by what became of them: given back, or settled from the journal.");
    }

    public void Settled(UsageRecord record)
    {
        var (tenant, model, feature) = (Tag(Tags.Tenant, record.Tenant), Tag(Tags.Model, record.Model), Tag(Tags.Feature, record.Feature));
        _cost.Add((double)Money.Dollars(record.MicroDollars), tenant, model, feature);
        _tokens.Add(record.InputTokens, tenant, model, feature, Tag(Tags.Direction, "input"));
        _tokens.Add(record.OutputTokens, tenant, model, feature, Tag(Tags.Direction, "output"));
    }

    public void Refused(BudgetExceededException refusal) =>
        _refused.Add(1, Tag(Tags.Scope, refusal.Scope.Kind), Tag(Tags.Period, refusal.Window.Period.Word()), Tag(Tags.Unit, refusal.Unit.Word()));

    public void Unavailable() => _refused.Add(1, Tag(Tags.Scope, "unavailable"));

    public void SoftLimitReached(BudgetEvent.SoftLimitReached reached) => _events.Add(
        1, Tag(Tags.Event, "soft_limit"), Tag(Tags.Scope, reached.Scope.Kind), Tag(Tags.Tenant, reached.Scope.Tenant), Tag(Tags.Period, reached.Window.Period.Word()));

    public void UnusualSpend(BudgetEvent.UnusualSpend unusual) =>
        _events.Add(1, Tag(Tags.Event, "unusual_spend"), Tag(Tags.Tenant, unusual.Tenant), Tag(Tags.Model, unusual.Model));

    public void Postponed() => _postponed.Add(1);

    public void Expired(bool wasSettled) => _expired.Add(1, Tag(Tags.Outcome, wasSettled ? "settled" : "given_back"));

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    public static class Metrics
    {
        public const string Cost = "ragapp.budget.cost";
        public const string Tokens = "ragapp.budget.tokens";
        public const string Refused = "ragapp.budget.refused";
        public const string Events = "ragapp.budget.events";
        public const string Postponed = "ragapp.budget.postponed";
        public const string Expired = "ragapp.budget.expired";
    }

    public static class Tags
    {
        public const string Tenant = "ragapp.budget.tenant";
        public const string Model = "ragapp.budget.model";
        public const string Feature = "ragapp.budget.feature";
        public const string Direction = "ragapp.budget.direction";
        public const string Scope = "ragapp.budget.scope";
        public const string Period = "ragapp.budget.period";
        public const string Unit = "ragapp.budget.unit";
        public const string Event = "ragapp.budget.event";
        public const string Outcome = "ragapp.budget.outcome";
    }
}
