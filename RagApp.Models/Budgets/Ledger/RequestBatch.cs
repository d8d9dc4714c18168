using System.Text.Json;
using RagApp.Models.Budgets.Watching;
using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>Requests that one run of <see cref="LedgerScripts.Apply"/> makes: its keys and arguments, and the meaning of its reply.</summary>
internal sealed class RequestBatch
{
    private readonly IReadOnlyList<LedgerRequest> _all;
    private readonly List<SettleRequest> _settlements;
    private readonly List<ReserveRequest> _reservations;
    private readonly Numbering<BudgetWindow> _windows = new();
    private readonly Numbering<DateTimeOffset> _hourKeys = new();
    private readonly Numbering<(DateTimeOffset Hour, string Field)> _hours = new();
    private readonly Numbering<BudgetScope> _scopes = new();
    private readonly Numbering<(BudgetScope Narrowest, BudgetRules? Rules)> _callers = new();
    private readonly List<IReadOnlyList<HardLimit>> _limits = []; // by caller
    private readonly List<RedisValue> _callerArguments = [];
    private readonly List<RedisValue> _requestArguments = [];

    public RequestBatch(IReadOnlyList<LedgerRequest> requests)
    {
        _all = requests;
        _settlements = [.. requests.OfType<SettleRequest>()];
        _reservations = [.. requests.OfType<ReserveRequest>()];
        _settlements.ForEach(Add);
        _reservations.ForEach(Add);
    }

    public RedisKey[] Keys =>
        LedgerKeys.With([.. _windows.Items.Select(window => LedgerKeys.Window(window.Name)), .. _hourKeys.Items.Select(LedgerKeys.Hour)]);

    public RedisValue[] ArgumentsAfter((long Epoch, long Number) last) =>
    [
        last.Epoch, last.Number, _all.Max(request => request.Now).ToUnixTimeMilliseconds(),
        _windows.Items.Count, _hours.Items.Count, _scopes.Items.Count, _callers.Items.Count, _settlements.Count, _reservations.Count,
        .. _windows.Items.Select(window => (RedisValue)LedgerKeys.EndOf(window)),
        .. _hours.Items.SelectMany(hour => new RedisValue[] { _hourKeys.Of(hour.Hour), hour.Field, LedgerKeys.EndOfHour(hour.Hour) }),
        .. _scopes.Items.Select(scope => (RedisValue)scope.Field),
        .. _callerArguments, .. _requestArguments,
    ];

    /// <summary>Ends the requests with the reply of the script.</summary>
    public void End(long[] reply, LedgerPosition position)
    {
        if (reply[0] == 0)
        {
            foreach (var request in _all)
                request.NotReady();
            return;
        }
        position.Saw(reply[2], reply[1]);
        var at = 3;
        EndSettlements(reply, ref at);
        foreach (var request in _reservations)
            request.End(ResultOf(request, reply, ref at));
    }

    private void Add(SettleRequest request)
    {
        var record = request.Record;
        AddCall(request, rules: null);
        _requestArguments.AddRange(
        [
            _hours.Of(HourOf(request)), request.Spent.MicroDollars, request.Spent.Tokens, JsonSerializer.Serialize(record, LedgerJson.Default.UsageRecord),
        ]);
    }

    private void Add(ReserveRequest request)
    {
        var call = request.Call;
        AddCall(request, request.Rules);
        _requestArguments.AddRange([call.Held.MicroDollars, call.Held.Tokens, request.Until.ToUnixTimeMilliseconds(), call.Line]);
    }

    /// <summary>Adds what settlements and reservations have in common.</summary>
    private void AddCall(LedgerRequest request, BudgetRules? rules) => _requestArguments.AddRange(
        [request.Call.Id, CallerOf(request, rules), _windows.Of(request.Call.Day), _windows.Of(request.Call.Month)]);

    private int CallerOf(LedgerRequest request, BudgetRules? rules)
    {
        var number = _callers.Of((request.Narrowest, rules));
        if (number <= _limits.Count)
            return number;
        IReadOnlyList<HardLimit> limits = rules is null ? [] : [.. HardLimit.Of(request.Call.Scopes, rules)];
        _limits.Add(limits);
        _callerArguments.Add(request.Call.Scopes.Count);
        _callerArguments.AddRange(request.Call.Scopes.Select(scope => (RedisValue)_scopes.Of(scope)));
        _callerArguments.Add(limits.Count);
        foreach (var limit in limits)
            _callerArguments.AddRange([_scopes.Of(limit.Scope), limit.Period == BudgetPeriod.Day ? 1 : 2, limit.Unit == BudgetUnit.Money ? 1 : 2, limit.Amount]);
        return number;
    }

    private (DateTimeOffset Hour, string Field) HourOf(SettleRequest request)
    {
        var record = request.Record;
        var hour = UsualSpend.HourOf(record.At);
        _hourKeys.Of(hour);
        return (hour, RedisLedger.HourField(record.Tenant, record.KeyId, record.Model));
    }

    /// <summary>Ends the settlements with what is spent after all of them.</summary>
    private void EndSettlements(long[] reply, ref int at)
    {
        if (_settlements.Count == 0)
            return;
        var isAdded = at;
        var hours = isAdded + _settlements.Count;
        var spends = hours + _hours.Items.Count;
        at = spends + (2 * _windows.Items.Count * _scopes.Items.Count);
        foreach (var (index, request) in _settlements.Index())
        {
            if (reply[isAdded + index] != 1)
                request.End(new SettleResult.Known());
            else
                request.End(new SettleResult.Added(reply[hours + _hours.Of(HourOf(request)) - 1], SpendsIn(request.Call.Day, request), SpendsIn(request.Call.Month, request)));
        }

        Spend[] SpendsIn(BudgetWindow window, SettleRequest request)
        {
            var first = spends + (2 * (_windows.Of(window) - 1) * _scopes.Items.Count);
            return [.. request.Call.Scopes.Select(scope => first + (2 * (_scopes.Of(scope) - 1))).Select(place => new Spend(reply[place], reply[place + 1]))];
        }
    }

    private ReserveResult ResultOf(ReserveRequest request, long[] reply, ref int at)
    {
        if (reply[at++] == 1)
            return new ReserveResult.Reserved();
        var limit = _limits[_callers.Of((request.Narrowest, request.Rules)) - 1][(int)reply[at] - 1];
        var (left, expired) = (reply[at + 1], reply[at + 2]);
        at += 3;
        return new ReserveResult.Exceeded(
            limit.Scope, limit.Period == BudgetPeriod.Day ? request.Call.Day : request.Call.Month, limit.Unit, Math.Max(0, left), expired);
    }
}
