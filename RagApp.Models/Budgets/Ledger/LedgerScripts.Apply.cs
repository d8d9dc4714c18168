namespace RagApp.Models.Budgets.Ledger;

internal static partial class LedgerScripts
{
    /// <summary>
    /// Settles and reserves for several calls, so that the server reads and writes each of its structures once for all of them: with a
    /// server that writes each command to its disk, such as the embedded one, the number of writes is the cost of a script.
    /// 1. The arguments are read. 2. The figures and reservations that are needed are read. 3. The calls are settled, before the
    /// reservations, since what they give back may be what a reservation needs. 4. Each reservation is decided as if it came alone. 5. The
    /// figures that changed are written.
    /// <para>
    /// Keys: the windows, then the hours. Arguments: last epoch and number, now; the numbers of windows, hours, fields, callers,
    /// settlements and reservations; the ends of the windows as keys; for each hour its key, the field in it and its end as a key; the fields of the
    /// scopes; for each caller the number of its fields, their indexes, the number of its limits, and for each limit the index of the
    /// field, the window (1 day, 2 month), the unit (1 money, 2 tokens) and the amount; for each settlement id, caller, day, month, hour,
    /// money, tokens and record; for each reservation id, caller, day, month, money, tokens, end of the lease, and its line.
    /// </para>
    /// <para>
    /// Returns 0 when the ledger is not ready. Else 1, number and epoch; for each settlement 1, or 2 when the call was settled before;
    /// when there is a settlement, the money of each hour, and the spent money and tokens of each field in each window; for each
    /// reservation 1, or -1 with the index of the caller's limit that has too little left, what is left of it, and the number of expired
    /// reservations.
    /// </para>
    /// </summary>
    public const string Apply = Functions + """
        local now, at = tonumber(ARGV[3]), 9
        local function word()
            at = at + 1
            return ARGV[at]
        end
        local function number_of()
            return tonumber(word())
        end

        local number, epoch = next_number(now, tonumber(ARGV[1]), tonumber(ARGV[2]))
        if not number then
            return { 0 }
        end
        -- 1. The arguments.
        local windows, hours, fields, callers, settlements, wanted, ids = {}, {}, {}, {}, {}, {}, {}
        for i = 1, tonumber(ARGV[4]) do
            windows[i] = { key = KEYS[5 + i], ends = word(), cells = {}, changed = {} }
        end
        for i = 1, tonumber(ARGV[5]) do
            hours[i] = { key = KEYS[5 + #windows + number_of()], field = word(), ends = word(), money = 0 }
        end
        for i = 1, tonumber(ARGV[6]) do
            fields[i] = word()
        end
        for i = 1, tonumber(ARGV[7]) do
            local caller = { fields = {}, limits = {} }
            for f = 1, number_of() do
                caller.fields[f] = number_of()
            end
            for l = 1, number_of() do
                caller.limits[l] = { field = number_of(), window = number_of(), unit = number_of(), amount = number_of() }
            end
            callers[i] = caller
        end
        for i = 1, tonumber(ARGV[8]) do
            local one = { id = word(), caller = callers[number_of()], windows = { number_of(), number_of() }, hour = hours[number_of()], money = number_of(), tokens = number_of(), record = word() }
            settlements[i], ids[#ids + 1] = one, one.id
        end
        for i = 1, tonumber(ARGV[9]) do
            local one = { id = word(), caller = callers[number_of()], windows = { number_of(), number_of() }, money = number_of(), tokens = number_of(), ends = word(), line = word() }
            wanted[i], ids[#ids + 1] = one, one.id
        end

        -- 2. Figures and reservations.
        for _, window in ipairs(windows) do
            window.values = redis.call('HMGET', window.key, unpack(fields))
        end
        local function cell(window, field)
            local found = window.cells[field]
            if not found then
                found = { figures(window.values[field]) }
                window.cells[field] = found
            end
            return found
        end
        local function add(one, spent_money, spent_tokens, held_money, held_tokens)
            for w = 1, 2 do
                local window = windows[one.windows[w]]
                for _, field in ipairs(one.caller.fields) do
                    local figure = cell(window, field)
                    figure[1], figure[2] = figure[1] + spent_money, figure[2] + spent_tokens
                    figure[3], figure[4] = math.max(0, figure[3] + held_money), math.max(0, figure[4] + held_tokens)
                    window.changed[field] = true
                end
            end
        end

        local result, lines, known = { 1, number, epoch }, redis.call('HMGET', reservations, unpack(ids)), {}
        -- 3. Settlements.
        local gone, scores, records = {}, {}, {}
        for i, one in ipairs(settlements) do
            if known[one.id] or redis.call('ZSCORE', settled, one.id) then
                result[#result + 1] = 2
            else
                known[one.id] = true
                local held_money, held_tokens = 0, 0
                if lines[i] then
                    held_money, held_tokens = string.match(lines[i], '^(%d+) (%d+)')
                    gone[#gone + 1] = one.id
                end
                add(one, one.money, one.tokens, -tonumber(held_money), -tonumber(held_tokens))
                one.hour.money = one.hour.money + one.money
                scores[#scores + 1], scores[#scores + 2] = ARGV[3], one.id
                records[#records + 1], records[#records + 2] = one.id, one.record
                result[#result + 1] = 1
            end
        end
        if #gone > 0 then
            redis.call('HDEL', reservations, unpack(gone))
            redis.call('ZREM', expiries, unpack(gone))
        end
        if #records > 0 then
            redis.call('ZADD', settled, unpack(scores))
            redis.call('HSET', outbox, unpack(records))
        end
        if #settlements > 0 then
            for _, hour in ipairs(hours) do
                local money = redis.call('HINCRBY', hour.key, hour.field, string.format('%.0f', hour.money))
                result[#result + 1] = money
                if money == hour.money then
                    redis.call('PEXPIREAT', hour.key, hour.ends)
                end
            end
            for _, window in ipairs(windows) do
                for f = 1, #fields do
                    local figure = cell(window, f)
                    result[#result + 1], result[#result + 2] = figure[1], figure[2]
                end
            end
        end

        -- 4. Reservations.
        local expired, held, leases = nil, {}, {}
        local function refusal(one)
            for l, limit in ipairs(one.caller.limits) do
                local figure, needed = cell(windows[one.windows[limit.window]], limit.field), limit.unit == 1 and one.money or one.tokens
                local left = limit.amount - figure[limit.unit] - figure[limit.unit + 2]
                if needed > left then
                    return l, left
                end
            end
        end
        for i, one in ipairs(wanted) do
            local limit, left
            if not lines[#settlements + i] then
                limit, left = refusal(one)
                if not limit then
                    add(one, 0, 0, one.money, one.tokens)
                    held[#held + 1], held[#held + 2] = one.id, one.line
                    leases[#leases + 1], leases[#leases + 2] = one.ends, one.id
                end
            end
            if limit then
                expired = expired or redis.call('ZCOUNT', expiries, '-inf', now)
                result[#result + 1], result[#result + 2], result[#result + 3], result[#result + 4] = -1, limit, left, expired
            else
                result[#result + 1] = 1
            end
        end
        if #held > 0 then
            redis.call('HSET', reservations, unpack(held))
            redis.call('ZADD', expiries, unpack(leases))
        end

        -- 5. Figures that changed.
        for _, window in ipairs(windows) do
            local changed = {}
            for field in pairs(window.changed) do
                changed[#changed + 1], changed[#changed + 2] = fields[field], text_of(unpack(window.cells[field]))
            end
            if #changed > 0 then
                redis.call('HSET', window.key, unpack(changed))
                if redis.call('PTTL', window.key) == -1 then
                    redis.call('PEXPIREAT', window.key, window.ends)
                end
            end
        end
        return result
        """;
}
