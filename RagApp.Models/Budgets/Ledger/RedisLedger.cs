using System.Text.Json;
using RagApp.Contracts.Usage;
using StackExchange.Redis;

namespace RagApp.Models.Budgets.Ledger;

/// <summary>The ledger on Redis: each operation is one atomic script, see <see cref="LedgerScripts"/>.</summary>
internal sealed class RedisLedger(IConnectionMultiplexer redis)
{
    /// <summary>Time for which the ledger knows the ids of settled calls, so that settling a call again changes nothing.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(2);
    private static readonly TimeSpan HoursKept = TimeSpan.FromDays(9);

    private readonly LedgerPosition _position = new();

    /// <summary>The latest epoch that this process has seen.</summary>
    public long Epoch => _position.Last.Epoch;

    /// <param name="limits">Limits of a scope in a period.</param>
    public async Task<ReserveResult> ReserveAsync(LedgerCall call, Func<BudgetScope, BudgetPeriod, BudgetLimit> limits, DateTimeOffset now, TimeSpan lease)
    {
        var (epoch, number) = _position.Last;
        var arguments = new List<RedisValue>
        {
            epoch, number, Milliseconds(now), call.Id, Milliseconds(now + lease),
            call.Held.MicroDollars, call.Held.Tokens, call.Line, EndOf(call.Day), EndOf(call.Month),
        };
        foreach (var scope in call.Scopes)
        {
            var (day, month) = (limits(scope, BudgetPeriod.Day), limits(scope, BudgetPeriod.Month));
            arguments.AddRange([scope.Field, day.MicroDollars ?? -1, day.Tokens ?? -1, month.MicroDollars ?? -1, month.Tokens ?? -1]);
        }
        var result = await RunAsync(LedgerScripts.Reserve, KeysOf(call), arguments);
        switch (result[0])
        {
            case 0:
                return new ReserveResult.NotReady();
            case 1:
                _position.Saw(result[2], result[1]);
                return new ReserveResult.Reserved();
            default:
                var window = result[2] == 1 ? call.Day : call.Month;
                return new ReserveResult.Exceeded(
                    call.Scopes[(int)result[1] - 1], window, result[3] == 1 ? BudgetUnit.Money : BudgetUnit.Tokens, Math.Max(0, result[4]), result[5]);
        }
    }

    public async Task<SettleResult> SettleAsync(UsageRecord record, DateTimeOffset now)
    {
        var scopes = BudgetScope.Of(record.Tenant, record.KeyId, record.Model);
        var call = new LedgerCall(record.Id, record.At, record.Tenant, scopes, Spend.None);
        var (epoch, number) = _position.Last;
        var result = await RunAsync(LedgerScripts.Settle, LedgerKeys.With(KeyOf(call.Day), KeyOf(call.Month), LedgerKeys.Hour(record.At)),
        [
            epoch, number, Milliseconds(now), record.Id, Spend.Of(record).MicroDollars, Spend.Of(record).Tokens,
            JsonSerializer.Serialize(record, LedgerJson.Default.UsageRecord), Milliseconds(now - Memory),
            EndOf(call.Day), EndOf(call.Month), Milliseconds(record.At + HoursKept), HourField(record.Tenant, record.KeyId, record.Model),
            .. scopes.Select(scope => (RedisValue)scope.Field),
        ]);
        if (result[0] != 1)
            return result[0] == 0 ? new SettleResult.NotReady() : new SettleResult.Known();
        _position.Saw(result[2], result[1]);
        return new SettleResult.Added(result[3], SpendsAt(result, 4, scopes.Count), SpendsAt(result, 4 + (2 * scopes.Count), scopes.Count));
    }

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
        var database = redis.GetDatabase();
        var ids = await database.SortedSetRangeByScoreAsync(LedgerKeys.Expiries, stop: Milliseconds(now), take: most);
        if (ids.Length == 0)
            return [];
        var lines = await database.HashGetAsync(LedgerKeys.Reservations, ids);
        return [.. ids.Zip(lines).Where(pair => !pair.Second.IsNull).Select(pair => ExpiredReservation.Parse(pair.First.ToString(), pair.Second.ToString()))];
    }

    /// <summary>The records that were settled and are not acknowledged to be in the journal.</summary>
    public async Task<IReadOnlyList<UsageRecord>> ReadOutboxAsync() =>
        [.. (await redis.GetDatabase().HashValuesAsync(LedgerKeys.Outbox)).Select(json => JsonSerializer.Deserialize(json.ToString(), LedgerJson.Default.UsageRecord)!)];

    /// <summary>Reports records that are in the journal; returns the ids that the ledger does not know, because it lost them.</summary>
    public async Task<IReadOnlyList<string>> AcknowledgeAsync(IEnumerable<string> ids)
    {
        var result = (RedisValue[])(await redis.GetDatabase().ScriptEvaluateAsync(
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
        arguments.AddRange(seed.Windows.Select(window => (RedisValue)EndOf(window)));
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
        var values = await redis.GetDatabase().HashGetAsync(KeyOf(window), [.. scopes.Select(scope => (RedisValue)scope.Field)]);
        return [.. values.Select(LedgerFigures.Parse)];
    }

    /// <summary>Marks a soft limit as passed; true for the first call in the window.</summary>
    public async Task<bool> RaiseOnceAsync(BudgetWindow window, string what)
    {
        var key = LedgerKeys.Raised(window.Name);
        var first = await redis.GetDatabase().HashSetAsync(key, what, 1, When.NotExists);
        if (first)
            await redis.GetDatabase().KeyExpireAsync(key, window.RenewsAt.UtcDateTime + KeptAfterEnd);
        return first;
    }

    /// <summary>Micro-dollars that a tenant's key spent on a model in each of these hours.</summary>
    public async Task<IReadOnlyList<long>> ReadHoursAsync(string tenant, string? keyId, string model, IEnumerable<DateTimeOffset> hours)
    {
        var database = redis.GetDatabase();
        RedisValue field = HourField(tenant, keyId, model);
        var values = await Task.WhenAll(hours.Select(hour => database.HashGetAsync(LedgerKeys.Hour(hour), field)));
        return [.. values.Select(value => value.IsNull ? 0 : (long)value)];
    }

    /// <summary>Sets what was spent in an hour, which only the detection of unusual spend reads.</summary>
    public async Task WriteHourAsync(DateTimeOffset hour, IReadOnlyDictionary<string, long> spent)
    {
        var key = LedgerKeys.Hour(hour);
        await redis.GetDatabase().HashSetAsync(key, [.. spent.Select(pair => new HashEntry(pair.Key, pair.Value))]);
        await redis.GetDatabase().KeyExpireAsync(key, hour.UtcDateTime + HoursKept);
    }

    /// <summary>Name of a tenant's key and a model in the keys of hours.</summary>
    public static string HourField(string tenant, string? keyId, string model) =>
        $"{BudgetScope.Escape(tenant)}:{BudgetScope.Escape(keyId ?? "")}@{BudgetScope.Escape(model)}";

    private static RedisKey[] KeysOf(LedgerCall call) => LedgerKeys.With(KeyOf(call.Day), KeyOf(call.Month));

    private static RedisKey KeyOf(BudgetWindow window) => LedgerKeys.Window(window.Name);

    private static long EndOf(BudgetWindow window) => Milliseconds(window.RenewsAt + KeptAfterEnd);

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static Spend[] SpendsAt(long[] result, int start, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Spend(result[start + (2 * i)], result[start + (2 * i) + 1]))];

    private async Task<long[]> RunAsync(string script, RedisKey[] keys, IReadOnlyList<RedisValue> arguments)
    {
        var result = await redis.GetDatabase().ScriptEvaluateAsync(script, keys, [.. arguments]);
        return result.Length < 0 ? [(long)result] : (long[])result!;
    }
}
