namespace RagApp.Storage.Queue;

/// <summary>
/// What must happen in one step. Every script gets the same keys, all of them, in the order of
/// <see cref="RedisJobQueue"/>; times are milliseconds since 1970 that the caller passes.
/// <para>
/// Turns are round robin between tenants: who was served longest ago comes first, and who comes anew queues up
/// behind the others. So between two jobs of one waiting tenant every other one gets at most one, however many it
/// has; a retry costs its tenant a turn like any job. There is one round per lane: interactive work goes first, but
/// after so many jobs of it one of the bulk lane. Within a tenant and lane, jobs stand in a line (a hash of places
/// between a head and a tail): new ones join at the tail, those that were in work before at the head. All steps
/// cost the same however many jobs wait, but for the logarithm of the number of tenants and of unfinished jobs.
/// </para>
/// </summary>
internal static class QueueScripts
{
    /// <summary>
    /// Names for the keys, and the moves that several scripts make. A job's home is its lane (1 or 2) followed by its
    /// tenant. <c>backlog</c> counts jobs that wait or are delayed, by tenant; <c>counts</c> those that wait, by
    /// lane, the turns given out, and the interactive jobs that bulk work let pass, and keeps the queue's name.
    /// </summary>
    private const string Moves = """
        local turns = { KEYS[1], KEYS[2] }
        local places, heads, tails = KEYS[3], KEYS[4], KEYS[5]
        local delayed, running, dead, added = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
        local jobs, homes, tokens, attempts, reasons = KEYS[10], KEYS[11], KEYS[12], KEYS[13], KEYS[14]
        local backlog, counts = KEYS[15], KEYS[16]

        local function change(hash, field, by)
            if redis.call('HINCRBY', hash, field, by) == 0 then
                redis.call('HDEL', hash, field)
            end
        end

        local function take_turn(lane, tenant)
            redis.call('ZADD', turns[lane], redis.call('HINCRBY', counts, 'turn', 1), tenant)
        end

        local function place_of(number, home)
            return string.format('%d', number) .. ':' .. home
        end

        local function wait(id, at_the_head)
            local home = redis.call('HGET', homes, id)
            local lane, tenant = tonumber(string.sub(home, 1, 1)), string.sub(home, 2)
            local number
            if at_the_head then
                number = redis.call('HINCRBY', heads, home, -1)
            else
                number = redis.call('HINCRBY', tails, home, 1) - 1
            end
            redis.call('HSET', places, place_of(number, home), id)
            change(counts, 'lane' .. lane, 1)
            change(backlog, tenant, 1)
            if not redis.call('ZSCORE', turns[lane], tenant) then
                take_turn(lane, tenant)
            end
        end

        local function take_next(lane)
            local tenant = redis.call('ZRANGE', turns[lane], 0, 0)[1]
            local home = lane .. tenant
            local head = redis.call('HINCRBY', heads, home, 1)
            local place = place_of(head - 1, home)
            local id = redis.call('HGET', places, place)
            redis.call('HDEL', places, place)
            change(counts, 'lane' .. lane, -1)
            change(backlog, tenant, -1)
            if head == tonumber(redis.call('HGET', tails, home) or 0) then
                redis.call('HDEL', heads, home)
                redis.call('HDEL', tails, home)
                redis.call('ZREM', turns[lane], tenant)
            else
                take_turn(lane, tenant)
            end
            return id
        end

        local function put_off(id, due)
            redis.call('ZADD', delayed, due, id)
            change(backlog, string.sub(redis.call('HGET', homes, id), 2), 1)
        end

        local function bury(id, now, reason)
            redis.call('ZREM', added, id)
            redis.call('ZADD', dead, now, id)
            redis.call('HSET', reasons, id, reason)
        end

        local function forget(id)
            for _, hash in ipairs({ jobs, homes, tokens, attempts, reasons }) do
                redis.call('HDEL', hash, id)
            end
            redis.call('ZREM', added, id)
        end

        local function let_go(id, token)
            if redis.call('HGET', tokens, id) ~= token then
                return false
            end
            redis.call('ZREM', running, id)
            redis.call('HDEL', tokens, id)
            return true
        end

        local function first_until(set, time)
            local id = redis.call('ZRANGE', set, 0, 0)[1]
            if id and tonumber(redis.call('ZSCORE', set, id)) <= time then
                return id
            end
        end

        """;

    /// <summary>Arguments: id, job, home, now. Returns 1 when it was added, 0 when it is waiting or running already. A dead one starts afresh.</summary>
    public const string Enqueue = Moves + """
        local id = ARGV[1]
        if redis.call('HEXISTS', jobs, id) == 1 then
            if redis.call('ZREM', dead, id) == 0 then
                return 0
            end
            forget(id)
        end
        redis.call('HSET', jobs, id, ARGV[2])
        redis.call('HSET', homes, id, ARGV[3])
        redis.call('ZADD', added, ARGV[4], id)
        wait(id)
        return 1
        """;

    /// <summary>
    /// Arguments: now, end of the lease, token, most attempts, reason for those whose workers died, how many
    /// interactive jobs bulk work lets pass. Returns how many leases were lost and how many jobs died of it, then
    /// the job and its attempt if there is one. 1. Delayed jobs that are due queue up. 2. Jobs whose lease ran out
    /// queue up again, or are dead after the last attempt. 3. The lane is chosen. 4. Its next job is leased.
    /// </summary>
    public const string Lease = Moves + """
        local now, most, steps = tonumber(ARGV[1]), tonumber(ARGV[4]), 100
        for _ = 1, steps do
            local id = first_until(delayed, now)
            if not id then
                break
            end
            redis.call('ZREM', delayed, id)
            change(backlog, string.sub(redis.call('HGET', homes, id), 2), -1)
            wait(id, true)
        end
        local lost, died = 0, 0
        for _ = 1, steps do
            local id = first_until(running, now)
            if not id then
                break
            end
            lost = lost + 1
            redis.call('ZREM', running, id)
            redis.call('HDEL', tokens, id)
            if tonumber(redis.call('HGET', attempts, id)) < most then
                wait(id, true)
            else
                died = died + 1
                bury(id, now, ARGV[5])
            end
        end
        local interactive, bulk = redis.call('ZCARD', turns[1]) > 0, redis.call('ZCARD', turns[2]) > 0
        if not interactive and not bulk then
            return { lost, died }
        end
        local lane = 1
        if not interactive or bulk and redis.call('HINCRBY', counts, 'passed', 1) > tonumber(ARGV[6]) then
            lane = 2
            redis.call('HDEL', counts, 'passed')
        end
        local id = take_next(lane)
        redis.call('ZADD', running, ARGV[2], id)
        redis.call('HSET', tokens, id, ARGV[3])
        local attempt = redis.call('HINCRBY', attempts, id, 1)
        return { lost, died, redis.call('HGET', jobs, id), attempt }
        """;

    /// <summary>Arguments: id, token, new end of the lease. Returns 1, or 0 when the lease is lost.</summary>
    public const string Renew = Moves + """
        if redis.call('HGET', tokens, ARGV[1]) ~= ARGV[2] then
            return 0
        end
        redis.call('ZADD', running, ARGV[3], ARGV[1])
        return 1
        """;

    /// <summary>Arguments: id, token. Returns 1, or 0 when the lease is lost.</summary>
    public const string Complete = Moves + """
        if not let_go(ARGV[1], ARGV[2]) then
            return 0
        end
        forget(ARGV[1])
        return 1
        """;

    /// <summary>Arguments: id, token, time it is due again, reason. Returns 1, or 0 when the lease is lost.</summary>
    public const string Delay = Moves + """
        if not let_go(ARGV[1], ARGV[2]) then
            return 0
        end
        redis.call('HSET', reasons, ARGV[1], ARGV[4])
        put_off(ARGV[1], ARGV[3])
        return 1
        """;

    /// <summary>Arguments: id, token, time it is due again, now. The attempt does not count. Returns 1, or 0 when the lease is lost.</summary>
    public const string Return = Moves + """
        if not let_go(ARGV[1], ARGV[2]) then
            return 0
        end
        redis.call('HINCRBY', attempts, ARGV[1], -1)
        if tonumber(ARGV[3]) > tonumber(ARGV[4]) then
            put_off(ARGV[1], ARGV[3])
        else
            wait(ARGV[1], true)
        end
        return 1
        """;

    /// <summary>Arguments: id, token, now, reason. Returns 1, or 0 when the lease is lost.</summary>
    public const string Bury = Moves + """
        if not let_go(ARGV[1], ARGV[2]) then
            return 0
        end
        bury(ARGV[1], ARGV[3], ARGV[4])
        return 1
        """;

    /// <summary>Arguments: id, now. Returns 1, or 0 when the job is not dead.</summary>
    public const string Requeue = Moves + """
        if redis.call('ZREM', dead, ARGV[1]) == 0 then
            return 0
        end
        redis.call('HDEL', attempts, ARGV[1])
        redis.call('HDEL', reasons, ARGV[1])
        redis.call('ZADD', added, ARGV[2], ARGV[1])
        wait(ARGV[1])
        return 1
        """;

    /// <summary>Arguments: id. Returns 1, or 0 when the job is not dead.</summary>
    public const string Discard = Moves + """
        if redis.call('ZREM', dead, ARGV[1]) == 0 then
            return 0
        end
        forget(ARGV[1])
        return 1
        """;

    /// <summary>Arguments: how many to skip, how many to list. Returns job, reason, attempts and time of each, newest first, in one flat list.</summary>
    public const string ListDead = Moves + """
        local found = {}
        for _, id in ipairs(redis.call('ZREVRANGE', dead, ARGV[1], ARGV[1] + ARGV[2] - 1)) do
            table.insert(found, redis.call('HGET', jobs, id))
            table.insert(found, redis.call('HGET', reasons, id))
            table.insert(found, redis.call('HGET', attempts, id))
            table.insert(found, redis.call('ZSCORE', dead, id))
        end
        return found
        """;

    /// <summary>Returns how many wait in each lane, are delayed, run and are dead, and when the oldest unfinished one was added, or -1.</summary>
    public const string Depth = Moves + """
        local oldest = redis.call('ZRANGE', added, 0, 0)[1]
        return {
            tonumber(redis.call('HGET', counts, 'lane1') or 0), tonumber(redis.call('HGET', counts, 'lane2') or 0),
            redis.call('ZCARD', delayed), redis.call('ZCARD', running), redis.call('ZCARD', dead),
            oldest and tonumber(redis.call('ZSCORE', added, oldest)) or -1,
        }
        """;

    /// <summary>Arguments: a name for the queue if it has none yet. Returns the one it has.</summary>
    public const string Id = Moves + """
        redis.call('HSETNX', counts, 'id', ARGV[1])
        return redis.call('HGET', counts, 'id')
        """;

    /// <summary>Arguments: tenant. Returns how many of its jobs wait or are delayed, and how many of all.</summary>
    public const string Backlog = Moves + """
        return {
            tonumber(redis.call('HGET', backlog, ARGV[1]) or 0),
            (redis.call('HGET', counts, 'lane1') or 0) + (redis.call('HGET', counts, 'lane2') or 0) + redis.call('ZCARD', delayed),
        }
        """;
}
