namespace RagApp.Storage.Queue;

/// <summary>
/// What must happen in one step. Every script gets the same keys, all of them, in the order of
/// <see cref="RedisJobQueue"/>; times are milliseconds since 1970 that the caller passes.
/// <list type="bullet">
/// <item>1 waiting: job ids by turn. First come first served now; an order that is fair to tenants is another way to give out turns.</item>
/// <item>2 delayed: job ids by the time they are due.</item>
/// <item>3 running: job ids by the time their lease runs out.</item>
/// <item>4 dead: job ids by the time they died.</item>
/// <item>5 jobs, 6 tokens, 7 attempts, 8 reasons: one hash each, by job id.</item>
/// <item>9 turn: the last turn given out.</item>
/// </list>
/// </summary>
internal static class QueueScripts
{
    /// <summary>Arguments: id, job. Returns 1 when it was added, 0 when it is waiting or running already. A dead one starts afresh.</summary>
    public const string Enqueue = """
        local id = ARGV[1]
        if redis.call('HEXISTS', KEYS[5], id) == 1 and redis.call('ZREM', KEYS[4], id) == 0 then
            return 0
        end
        redis.call('HSET', KEYS[5], id, ARGV[2])
        redis.call('HDEL', KEYS[6], id)
        redis.call('HDEL', KEYS[7], id)
        redis.call('HDEL', KEYS[8], id)
        redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[9]), id)
        return 1
        """;

    /// <summary>
    /// Arguments: now, end of the lease, token, most attempts, reason for those whose workers died.
    /// Returns job and attempt, or nothing. 1. Delayed jobs that are due queue up. 2. Jobs whose lease ran out come
    /// first again, or are dead after the last attempt. 3. The next job is leased.
    /// </summary>
    public const string Lease = """
        local now = ARGV[1]
        local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)
        for _, id in ipairs(due) do
            redis.call('ZREM', KEYS[2], id)
            redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[9]), id)
        end
        local lost = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 100)
        for _, id in ipairs(lost) do
            redis.call('ZREM', KEYS[3], id)
            redis.call('HDEL', KEYS[6], id)
            if tonumber(redis.call('HGET', KEYS[7], id)) >= tonumber(ARGV[4]) then
                redis.call('ZADD', KEYS[4], now, id)
                redis.call('HSET', KEYS[8], id, ARGV[5])
            else
                redis.call('ZADD', KEYS[1], 0, id)
            end
        end
        local first = redis.call('ZRANGE', KEYS[1], 0, 0)
        if #first == 0 then
            return {}
        end
        local id = first[1]
        redis.call('ZREM', KEYS[1], id)
        redis.call('ZADD', KEYS[3], ARGV[2], id)
        redis.call('HSET', KEYS[6], id, ARGV[3])
        local attempt = redis.call('HINCRBY', KEYS[7], id, 1)
        return { redis.call('HGET', KEYS[5], id), tostring(attempt) }
        """;

    /// <summary>Arguments: id, token, new end of the lease. Returns 1, or 0 when the lease is lost.</summary>
    public const string Renew = """
        if redis.call('HGET', KEYS[6], ARGV[1]) ~= ARGV[2] then
            return 0
        end
        redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
        return 1
        """;

    /// <summary>Arguments: id, token. Returns 1, or 0 when the lease is lost.</summary>
    public const string Complete = """
        local id = ARGV[1]
        if redis.call('HGET', KEYS[6], id) ~= ARGV[2] then
            return 0
        end
        redis.call('ZREM', KEYS[3], id)
        redis.call('HDEL', KEYS[5], id)
        redis.call('HDEL', KEYS[6], id)
        redis.call('HDEL', KEYS[7], id)
        redis.call('HDEL', KEYS[8], id)
        return 1
        """;

    /// <summary>Arguments: id, token, time it is due again, reason. Returns 1, or 0 when the lease is lost.</summary>
    public const string Delay = """
        local id = ARGV[1]
        if redis.call('HGET', KEYS[6], id) ~= ARGV[2] then
            return 0
        end
        redis.call('ZREM', KEYS[3], id)
        redis.call('HDEL', KEYS[6], id)
        redis.call('ZADD', KEYS[2], ARGV[3], id)
        redis.call('HSET', KEYS[8], id, ARGV[4])
        return 1
        """;

    /// <summary>Arguments: id, token, now, reason. Returns 1, or 0 when the lease is lost.</summary>
    public const string Bury = """
        local id = ARGV[1]
        if redis.call('HGET', KEYS[6], id) ~= ARGV[2] then
            return 0
        end
        redis.call('ZREM', KEYS[3], id)
        redis.call('HDEL', KEYS[6], id)
        redis.call('ZADD', KEYS[4], ARGV[3], id)
        redis.call('HSET', KEYS[8], id, ARGV[4])
        return 1
        """;

    /// <summary>Arguments: most entries. Returns job, reason, attempts and time of each, newest first, in one flat list.</summary>
    public const string ListDead = """
        local found = {}
        local ids = redis.call('ZREVRANGE', KEYS[4], 0, tonumber(ARGV[1]) - 1)
        for _, id in ipairs(ids) do
            table.insert(found, redis.call('HGET', KEYS[5], id))
            table.insert(found, redis.call('HGET', KEYS[8], id))
            table.insert(found, redis.call('HGET', KEYS[7], id))
            table.insert(found, redis.call('ZSCORE', KEYS[4], id))
        end
        return found
        """;

    /// <summary>Returns how many wait, are delayed, run and are dead.</summary>
    public const string Depth = """
        return {
            redis.call('ZCARD', KEYS[1]), redis.call('ZCARD', KEYS[2]),
            redis.call('ZCARD', KEYS[3]), redis.call('ZCARD', KEYS[4]),
        }
        """;
}
