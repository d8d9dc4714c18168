using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Watching;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>The windows of the ledger as the usage journal gives them.</summary>
internal sealed class Seed
{
    private readonly DateTimeOffset _now;
    private readonly Dictionary<BudgetWindow, Dictionary<string, Spend>> _spent;
    private readonly Dictionary<DateTimeOffset, Dictionary<string, long>> _hours = [];
    private readonly List<(string Id, DateTimeOffset At)> _settled = [];

    public Seed(DateTimeOffset now)
    {
        _now = now;
        // For a while after its end, a window is still reserved from by calls that began in it.
        Windows =
        [
            .. new[] { BudgetWindow.Of(BudgetPeriod.Day, now), BudgetWindow.Of(BudgetPeriod.Month, now) }
                .SelectMany(window => now - window.Start < RedisLedger.Memory ? [window, window.Previous] : new[] { window }),
        ];
        _spent = Windows.ToDictionary(window => window, _ => new Dictionary<string, Spend>(StringComparer.Ordinal));
    }

    /// <summary>This day and month, and those that have just ended.</summary>
    public IReadOnlyList<BudgetWindow> Windows { get; }

    /// <summary>Calls of the last <see cref="RedisLedger.Memory"/>, which may be settled again by a process that had no reply.</summary>
    public IReadOnlyList<(string Id, DateTimeOffset At)> Settled => _settled;

    /// <summary>Micro-dollars by hour, and by tenant, key and model.</summary>
    public IReadOnlyDictionary<DateTimeOffset, Dictionary<string, long>> Hours => _hours;

    /// <summary>The first moment that the seed needs records from.</summary>
    public DateTimeOffset From => Windows.Select(window => window.Start).Append(_now - UsualSpend.Looked).Min();

    /// <summary>Spend by scope in a window.</summary>
    public IReadOnlyDictionary<string, Spend> Of(BudgetWindow window) => _spent[window];

    public void Add(UsageRecord record)
    {
        var scopes = BudgetScope.Of(record.Tenant, record.KeyId, record.Model).Select(scope => scope.Field).ToList();
        foreach (var window in Windows.Where(window => window.Has(record.At)))
        {
            var spent = _spent[window];
            foreach (var field in scopes)
                spent[field] = spent.GetValueOrDefault(field) + Spend.Of(record);
        }
        if (record.SettledAt > _now - RedisLedger.Memory)
            _settled.Add((record.Id, record.SettledAt));
        if (record.At > _now - UsualSpend.Looked)
            AddToHour(record);
    }

    private void AddToHour(UsageRecord record)
    {
        var hour = UsualSpend.HourOf(record.At);
        if (!_hours.TryGetValue(hour, out var spent))
            _hours.Add(hour, spent = new Dictionary<string, long>(StringComparer.Ordinal));
        var field = RedisLedger.HourField(record.Tenant, record.KeyId, record.Model);
        spent[field] = spent.GetValueOrDefault(field) + record.MicroDollars;
    }
}
