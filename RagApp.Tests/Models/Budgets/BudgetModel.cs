using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Budgets in the simplest possible form: a list of calls that is summed up for every question. Tokens cost a micro-dollar each.</summary>
internal sealed class BudgetModel(BudgetsOptions options)
{
    private readonly List<Call> _calls = [];

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public bool Fits(string tenant, string key, string model, long tokens, DateTimeOffset now)
    {
        var fits = options.Limits.TrueForAll(limit => !Covers(limit, tenant, key, model) || InUse(limit, tenant, key, now) + tokens <= LimitOf(limit));
        (Accepted, Refused) = fits ? (Accepted + 1, Refused) : (Accepted, Refused + 1);
        return fits;
    }

    public void Begin(string id, string tenant, string key, string model, long tokens, DateTimeOffset now) =>
        _calls.Add(new Call(id, tenant, key, model, tokens, now));

    /// <param name="used">Tokens of the call; null when it was released.</param>
    public void End(string id, long? used)
    {
        var index = _calls.FindIndex(call => call.Id == id);
        _calls[index] = _calls[index] with { Tokens = used ?? 0 };
    }

    private static bool Covers(BudgetLimitOptions limit, string tenant, string key, string model) =>
        (limit.Tenant is null or "*" || limit.Tenant == tenant) && (limit.Key is null or "*" || limit.Key == key) && (limit.Model is null || limit.Model == model);

    private static long LimitOf(BudgetLimitOptions limit) => limit.Tokens ?? (long)(limit.Dollars! * 1_000_000);

    private long InUse(BudgetLimitOptions limit, string tenant, string key, DateTimeOffset now) => _calls
        .Where(call => (limit.Tenant is null || call.Tenant == tenant) && (limit.Key is null || (call.Key == key && call.Tenant == tenant)))
        .Where(call => limit.Model is null || call.Model == limit.Model)
        .Where(call => call.At.Month == now.Month && (limit.Period == BudgetPeriod.Month || call.At.Date == now.Date))
        .Sum(call => call.Tokens);

    private sealed record Call(string Id, string Tenant, string Key, string Model, long Tokens, DateTimeOffset At);
}
