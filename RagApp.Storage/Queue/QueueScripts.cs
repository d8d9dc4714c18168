namespace RagApp.Storage.Queue;

/// <summary>
/// The queue's atomic operations, as Lua scripts. Every script gets all keys, in the order of <see cref="RedisJobQueue"/>; times
/// are milliseconds since 1970 that the caller passes.
/// <para>
/// Tenants are served round-robin: the tenant served longest ago comes first, and a new one is queued behind the others. So
/// between two jobs of a waiting tenant every other tenant gets at most one, however many it has; a retry costs its tenant a
/// turn like any job. Each lane has its own round: interactive jobs go first, but after a number of them one bulk job is taken.
/// The jobs of one tenant and lane are a queue (a hash of places between a head and a tail): new jobs are added at the tail,
/// retried ones at the head. The cost of a step does not depend on the number of waiting jobs, except for the logarithm of the
/// number of tenants and of unfinished jobs.
/// </para>
/// </summary>
internal static class QueueScripts
{
    /// <summary>
    /// Names of the keys, and the functions that several scripts use. A job's home is its lane (1 or 2) followed by its tenant.
    /// <c>backlog</c> has the number of waiting and delayed jobs by tenant. <c>counts</c> has the number of waiting jobs by lane, the
    /// number of turns given out, the number of interactive jobs taken since the last bulk job, and the queue's id.
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

    /// <summary>
    /// Arguments: id, job, home, now. Returns 1 when the job was added, 0 when it is waiting or running already. A dead
    /// letter of this id starts again.
    /// </summary>
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
    /// Arguments: now, end of the lease, token, largest number of attempts, reason for jobs whose workers died, number of
    /// interactive jobs per bulk job. Returns the number of leases lost and of jobs that became dead letters, then the job and
    /// its attempt if there is one.
    /// 1. Delayed jobs that are due are queued. 2. Jobs whose lease has run out are queued again, or become dead letters
    /// after the last attempt. 3. The lane is chosen. 4. Its next job is leased.
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

    /// <summary>Arguments: id, token, due time, reason. Returns 1, or 0 when the lease is lost.</summary>
    public const string Delay = Moves + """
        if not let_go(ARGV[1], ARGV[2]) then
            return 0
        end
        redis.call('HSET', reasons, ARGV[1], ARGV[4])
        put_off(ARGV[1], ARGV[3])
        return 1
        """;

    /// <summary>Arguments: id, token, due time, now. The attempt does not count. Returns 1, or 0 when the lease is lost.</summary>
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

    /// <summary>Arguments: id, now. Returns 1, or 0 when the job is no dead letter.</summary>
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

    /// <summary>Arguments: id. Returns 1, or 0 when the job is no dead letter.</summary>
    public const string Discard = Moves + """
        if redis.call('ZREM', dead, ARGV[1]) == 0 then
            return 0
        end
        forget(ARGV[1])
        return 1
        """;

    /// <summary>
    /// Arguments: number of jobs to skip, number to list. Returns job, reason, attempts and time of each, newest first, in one
    /// flat list.
    /// </summary>
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

    /// <summary>
    /// Returns the number of jobs waiting in each lane, delayed, running and dead, and the time when the oldest unfinished one
    /// was added, or -1.
    /// </summary>
    public const string Depth = Moves + """
        local oldest = redis.call('ZRANGE', added, 0, 0)[1]
        return {
            tonumber(redis.call('HGET', counts, 'lane1') or 0), tonumber(redis.call('HGET', counts, 'lane2') or 0),
            redis.call('ZCARD', delayed), redis.call('ZCARD', running), redis.call('ZCARD', dead),
            oldest and tonumber(redis.call('ZSCORE', added, oldest)) or -1,
        }
        """;

    /// <summary>Arguments: an id for the queue in case it has none. Returns the queue's id.</summary>
    public const string Id = Moves + """
        redis.call('HSETNX', counts, 'id', ARGV[1])
        return redis.call('HGET', counts, 'id')
        """;

    /// <summary>Arguments: tenant. Returns the number of waiting and delayed jobs of the tenant, and of all tenants.</summary>
    public const string Backlog = Moves + """
        return {
            tonumber(redis.call('HGET', backlog, ARGV[1]) or 0),
            (redis.call('HGET', counts, 'lane1') or 0) + (redis.call('HGET', counts, 'lane2') or 0) + redis.call('ZCARD', delayed),
        }
        """;
}
