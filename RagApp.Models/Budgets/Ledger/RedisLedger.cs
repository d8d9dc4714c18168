using System.Text.Json;
using RagApp.Contracts.Usage;
using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>The ledger on Redis: each operation is one atomic script, see <see cref="LedgerScripts"/>.</summary>
internal sealed class RedisLedger
{
    /// <summary>Time for which the ledger knows the ids of settled calls, so that settling a call again changes nothing.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly IConnectionMultiplexer _redis;
    private readonly RequestQueue _requests;
    private readonly LedgerPosition _position = new();

    public RedisLedger(IConnectionMultiplexer redis)
    {
        _redis = redis;
        _requests = new RequestQueue(SendAsync);
    }

    /// <summary>The latest epoch that this process has seen.</summary>
    public long Epoch => _position.Last.Epoch;

    /// <param name="lease">Time after which the reservation of a process that died is given back.</param>
    public Task<ReserveResult> ReserveAsync(LedgerCall call, BudgetRules rules, DateTimeOffset now, TimeSpan lease)
    {
        var request = new ReserveRequest(call, rules, now, until: now + lease);
        _requests.Add(request);
        return request.Result;
    }

    public Task<SettleResult> SettleAsync(UsageRecord record, DateTimeOffset now)
    {
        var request = new SettleRequest(record, now);
        _requests.Add(request);
        return request.Result;
    }

    /// <summary>Forgets the calls that were settled longer ago than <see cref="Memory"/>.</summary>
    public Task ForgetSettledAsync(DateTimeOffset now) =>
        _redis.GetDatabase().SortedSetRemoveRangeByScoreAsync(LedgerKeys.Settled, double.NegativeInfinity, Milliseconds(now - Memory));

    /// <summary>Gives a reservation back; returns false when there is none.</summary>
    public async Task<bool> ReleaseAsync(LedgerCall call) =>
        (await RunAsync(LedgerScripts.Release, KeysOf(call), [call.Id, -1]))[0] == 1;

    /// <summary>Gives a reservation back unless its lease was extended meanwhile.</summary>
    public async Task<bool> ReleaseAsync(ExpiredReservation expired, DateTimeOffset now)
    {
        var keys = LedgerKeys.With(LedgerKeys.Window(expired.Day), LedgerKeys.Window(expired.Month));
        return (await RunAsync(LedgerScripts.Release, keys, [expired.Id, Milliseconds(now)]))[0] == 1;
    }

    public Task RenewAsync(LedgerCall call, DateTimeOffset until) =>
        RunAsync(LedgerScripts.Renew, KeysOf(call), [call.Id, Milliseconds(until), call.Line]);

    /// <summary>Reservations whose lease has ended, at most <paramref name="most"/>, the oldest first.</summary>
    public async Task<IReadOnlyList<ExpiredReservation>> FindExpiredAsync(DateTimeOffset now, int most)
    {
        var database = _redis.GetDatabase();
        var ids = await database.SortedSetRangeByScoreAsync(LedgerKeys.Expiries, stop: Milliseconds(now), take: most);
        if (ids.Length == 0)
            return [];
        var lines = await database.HashGetAsync(LedgerKeys.Reservations, ids);
        return [.. ids.Zip(lines).Where(pair => !pair.Second.IsNull).Select(pair => ExpiredReservation.Parse(pair.First.ToString(), pair.Second.ToString()))];
    }

    /// <summary>The records that were settled and are not acknowledged to be in the journal.</summary>
    public async Task<IReadOnlyList<UsageRecord>> ReadOutboxAsync() =>
        [.. (await _redis.GetDatabase().HashValuesAsync(LedgerKeys.Outbox)).Select(json => JsonSerializer.Deserialize(json.ToString(), LedgerJson.Default.UsageRecord)!)];

    /// <summary>Reports records that are in the journal; returns the ids that the ledger does not know, because it lost them.</summary>
    public async Task<IReadOnlyList<string>> AcknowledgeAsync(IEnumerable<string> ids)
    {
        var result = (RedisValue[])(await _redis.GetDatabase().ScriptEvaluateAsync(
            LedgerScripts.Acknowledge, LedgerKeys.With(), [.. ids.Select(id => (RedisValue)id)]))!;
        return [.. result.Select(id => id.ToString())];
    }

    /// <summary>True when the windows are known; else they are to be computed for the epoch.</summary>
    public async Task<(bool Ready, long Epoch)> BeginSeedAsync(DateTimeOffset now)
    {
        var result = await RunAsync(LedgerScripts.BeginSeed, LedgerKeys.With(), [Milliseconds(now), Epoch]);
        return (result[0] == 1, result[1]);
    }

    /// <summary>Sets the windows unless another process has set them; returns true when this call did.</summary>
    public async Task<bool> CommitSeedAsync(long epoch, Seed seed)
    {
        var arguments = new List<RedisValue> { epoch, seed.Windows.Count };
        arguments.AddRange(seed.Windows.Select(window => (RedisValue)window.Name));
        arguments.AddRange(seed.Windows.Select(window => (RedisValue)LedgerKeys.EndOf(window)));
        arguments.AddRange(seed.Windows.Select(window => (RedisValue)seed.Of(window).Count));
        foreach (var (field, spent) in seed.Windows.SelectMany(seed.Of))
            arguments.AddRange([field, spent.MicroDollars, spent.Tokens]);
        foreach (var (id, at) in seed.Settled)
            arguments.AddRange([id, Milliseconds(at)]);
        return (await RunAsync(LedgerScripts.CommitSeed, LedgerKeys.With([.. seed.Windows.Select(KeyOf)]), arguments))[0] == 1;
    }

    /// <summary>Makes the ledger count as empty, so that it is rebuilt from the journal.</summary>
    public Task ForgetAsync(DateTimeOffset now) => RunAsync(LedgerScripts.Forget, LedgerKeys.With(), [Milliseconds(now), Epoch]);

    /// <summary>Spent and held amounts of scopes in a window.</summary>
    public async Task<IReadOnlyList<(Spend Spent, Spend Held)>> ReadAsync(BudgetWindow window, IEnumerable<BudgetScope> scopes)
    {
        var values = await _redis.GetDatabase().HashGetAsync(KeyOf(window), [.. scopes.Select(scope => (RedisValue)scope.Field)]);
        return [.. values.Select(LedgerFigures.Parse)];
    }

    /// <summary>Marks a soft limit as passed; true for the first call in the window.</summary>
    public async Task<bool> RaiseOnceAsync(BudgetWindow window, string what)
    {
        var key = LedgerKeys.Raised(window.Name);
        var first = await _redis.GetDatabase().HashSetAsync(key, what, 1, When.NotExists);
        if (first)
            await _redis.GetDatabase().KeyExpireAsync(key, Time(LedgerKeys.EndOf(window)));
        return first;
    }

    /// <summary>Micro-dollars that a tenant's key spent on a model in each of these hours.</summary>
    public async Task<IReadOnlyList<long>> ReadHoursAsync(string tenant, string? keyId, string model, IEnumerable<DateTimeOffset> hours)
    {
        var database = _redis.GetDatabase();
        RedisValue field = HourField(tenant, keyId, model);
        var values = await Task.WhenAll(hours.Select(hour => database.HashGetAsync(LedgerKeys.Hour(hour), field)));
        return [.. values.Select(value => value.IsNull ? 0 : (long)value)];
    }

    /// <summary>Sets what was spent in an hour, which only the detection of unusual spend reads.</summary>
    public async Task WriteHourAsync(DateTimeOffset hour, IReadOnlyDictionary<string, long> spent)
    {
        var key = LedgerKeys.Hour(hour);
        await _redis.GetDatabase().HashSetAsync(key, [.. spent.Select(pair => new HashEntry(pair.Key, pair.Value))]);
        await _redis.GetDatabase().KeyExpireAsync(key, Time(LedgerKeys.EndOfHour(hour)));
    }

    /// <summary>Name of a tenant's key and a model in the keys of hours.</summary>
    public static string HourField(string tenant, string? keyId, string model) =>
        $"{BudgetScope.Escape(tenant)}:{BudgetScope.Escape(keyId ?? "")}@{BudgetScope.Escape(model)}";

    private static RedisKey[] KeysOf(LedgerCall call) => LedgerKeys.With(KeyOf(call.Day), KeyOf(call.Month));

    private static RedisKey KeyOf(BudgetWindow window) => LedgerKeys.Window(window.Name);

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private async Task SendAsync(IReadOnlyList<LedgerRequest> requests)
    {
        var batch = new RequestBatch(requests);
        batch.End(await RunAsync(LedgerScripts.Apply, batch.Keys, batch.ArgumentsAfter(_position.Last)), _position);
    }

    private async Task<long[]> RunAsync(string script, RedisKey[] keys, IReadOnlyList<RedisValue> arguments)
    {
        var result = await _redis.GetDatabase().ScriptEvaluateAsync(script, keys, [.. arguments]);
        return result.Length < 0 ? [(long)result] : (long[])result!;
    }
}
