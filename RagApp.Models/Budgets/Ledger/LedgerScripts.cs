namespace RagApp.Models.Budgets.Ledger;

/// <summary>
/// The ledger's atomic operations, as Lua scripts. Times are milliseconds since 1970 of <see cref="LedgerClock"/>.
/// <para>
/// A window (a day or a month) is a hash with one field per scope: <c>spent money, spent tokens, held money, held tokens</c>.
/// Held is what open reservations may still spend. A reservation is a line of words: money, tokens, day, month, time, tenant,
/// scopes. A window is never reset: the next one is another key.
/// </para>
/// <para>
/// <c>state</c> has the field <c>ready</c> once the windows hold what the usage journal says, an epoch that is new after each loss, and
/// a number that every change counts up. A client passes the last epoch and number that it saw: a server that came back with
/// an older copy of its data is recognized by them, and counts as empty.
/// </para>
/// </summary>
internal static partial class LedgerScripts
{
    private const string Functions = """
        local unpack = unpack or table.unpack
        local state, reservations, expiries, settled, outbox = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]

        local function figures(text)
            if not text then
                return 0, 0, 0, 0
            end
            local a, b, c, d = string.match(text, '^(%-?%d+) (%-?%d+) (%-?%d+) (%-?%d+)$')
            return tonumber(a), tonumber(b), tonumber(c), tonumber(d)
        end

        local function text_of(a, b, c, d)
            return string.format('%.0f %.0f %.0f %.0f', a, b, c, d)
        end

        local function forget(now, epoch)
            redis.call('HDEL', state, 'ready')
            redis.call('HSET', state, 'epoch', string.format('%.0f', math.max(now, epoch + 1)))
        end

        local function next_number(now, last_epoch, last_number)
            local found = redis.call('HMGET', state, 'ready', 'epoch')
            if found[1] ~= '1' then
                return false
            end
            local epoch = tonumber(found[2])
            local number = redis.call('HINCRBY', state, 'number', 1)
            if epoch < last_epoch or (epoch == last_epoch and number <= last_number) then
                forget(now, math.max(epoch, last_epoch))
                return false
            end
            return number, epoch
        end

        local function reservation(value)
            local words = {}
            for word in string.gmatch(value, '%S+') do
                words[#words + 1] = word
            end
            local fields = {}
            for i = 7, #words do
                fields[#fields + 1] = words[i]
            end
            return tonumber(words[1]), tonumber(words[2]), fields, words[3], words[4]
        end

        local function change_held(window, fields, money, tokens)
            local values, changed = redis.call('HMGET', window, unpack(fields)), {}
            for i = 1, #fields do
                local a, b, c, d = figures(values[i])
                changed[2 * i - 1], changed[2 * i] = fields[i], text_of(a, b, math.max(0, c + money), math.max(0, d + tokens))
            end
            redis.call('HSET', window, unpack(changed))
        end

        """;

    /// <summary>Arguments: id, and the time by which the lease must have ended (-1 for any). Returns 1 when a reservation was given back.</summary>
    public const string Release = Functions + """
        local id, ended = ARGV[1], tonumber(ARGV[2])
        local ends = redis.call('ZSCORE', expiries, id)
        if not ends or (ended >= 0 and tonumber(ends) > ended) then
            return 0
        end
        local line = redis.call('HGET', reservations, id)
        redis.call('HDEL', reservations, id)
        redis.call('ZREM', expiries, id)
        local money, tokens, fields
        if line then
            money, tokens, fields = reservation(line)
        end
        if fields and redis.call('HGET', state, 'ready') == '1' then
            change_held(KEYS[6], fields, -money, -tokens)
            change_held(KEYS[7], fields, -money, -tokens)
        end
        return 1
        """;

    /// <summary>
    /// Arguments: id, end of the lease, the reservation. Extends the lease; a reservation that the server has lost is made again,
    /// whatever the limits, because its call is running.
    /// </summary>
    public const string Renew = Functions + """
        local id = ARGV[1]
        if redis.call('HEXISTS', reservations, id) == 1 then
            redis.call('ZADD', expiries, ARGV[2], id)
            return 1
        end
        if redis.call('ZSCORE', settled, id) then
            return 0
        end
        redis.call('HSET', reservations, id, ARGV[3])
        redis.call('ZADD', expiries, ARGV[2], id)
        if redis.call('HGET', state, 'ready') == '1' then
            local money, tokens, fields = reservation(ARGV[3])
            change_held(KEYS[6], fields, money, tokens)
            change_held(KEYS[7], fields, money, tokens)
        end
        return 2
        """;

    /// <summary>Arguments: ids of calls whose records are in the journal. Returns the ids that the ledger does not know.</summary>
    public const string Acknowledge = Functions + """
        local unknown = {}
        if redis.call('HDEL', outbox, unpack(ARGV)) == #ARGV then
            return unknown
        end
        for i = 1, #ARGV do
            if not redis.call('ZSCORE', settled, ARGV[i]) then
                unknown[#unknown + 1] = ARGV[i]
            end
        end
        return unknown
        """;

    /// <summary>Arguments: now, last epoch. Returns 1 when the ledger is ready, else 0, and the epoch that the windows are computed for.</summary>
    public const string BeginSeed = Functions + """
        if redis.call('HGET', state, 'ready') == '1' then
            return { 1, tonumber(redis.call('HGET', state, 'epoch')) }
        end
        local epoch = redis.call('HGET', state, 'epoch')
        if not epoch then
            epoch = string.format('%.0f', math.max(tonumber(ARGV[1]), tonumber(ARGV[2]) + 1))
            redis.call('HSET', state, 'epoch', epoch)
        end
        return { 0, tonumber(epoch) }
        """;

    /// <summary>
    /// Arguments: epoch, the number of windows, their names, their ends as keys, the number of scopes in each, then field, money and
    /// tokens of each scope, then id and time of each call settled lately. Returns 1 when the windows were set; 0 when they were
    /// set already, or were computed for another epoch. Reservations are added again as held.
    /// </summary>
    public const string CommitSeed = Functions + """
        if redis.call('HGET', state, 'ready') == '1' or redis.call('HGET', state, 'epoch') ~= ARGV[1] then
            return 0
        end
        local count, windows = tonumber(ARGV[2]), {}
        local at = 3 + 3 * count
        for w = 1, count do
            local key = KEYS[5 + w]
            windows[ARGV[2 + w]] = key
            redis.call('DEL', key)
            for _ = 1, tonumber(ARGV[2 + 2 * count + w]) do
                redis.call('HSET', key, ARGV[at], text_of(tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), 0, 0))
                at = at + 3
            end
            redis.call('PEXPIREAT', key, ARGV[2 + count + w])
        end
        for i = at, #ARGV, 2 do
            redis.call('ZADD', settled, ARGV[i + 1], ARGV[i])
        end
        local all = redis.call('HGETALL', reservations)
        for i = 2, #all, 2 do
            local money, tokens, fields, day, month = reservation(all[i])
            for _, name in ipairs({ day, month }) do
                if windows[name] then
                    change_held(windows[name], fields, money, tokens)
                end
            end
        end
        redis.call('HSET', state, 'ready', '1')
        return 1
        """;

    /// <summary>Arguments: now, last epoch. Makes the ledger count as empty, so that it is rebuilt from the journal.</summary>
    public const string Forget = Functions + """
        local epoch = tonumber(redis.call('HGET', state, 'epoch') or 0)
        forget(tonumber(ARGV[1]), math.max(epoch, tonumber(ARGV[2])))
        return 1
        """;
}
