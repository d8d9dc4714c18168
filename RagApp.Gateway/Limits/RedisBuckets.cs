using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Gateway.Limits;

/// <summary>The buckets that all replicas share, in Redis: a bucket is read, filled and changed by one script.</summary>
internal sealed class RedisBuckets(IConnectionMultiplexer redis)
{
    private const string Prefix = "ragapp:limit:";

    /// <summary>KEYS: bucket. ARGV: capacity, time in milliseconds, cost. A bucket that was not used for a minute is full, so it is forgotten.</summary>
    private const string Script = """
        local capacity, now, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local values = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens, at = tonumber(values[1] or capacity), tonumber(values[2] or now)
        tokens = math.min(capacity, tokens + math.max(0, now - at) * capacity / 60000)
        local allowed = 0
        if tokens >= 1 then
            tokens = tokens - cost
            allowed = 1
        end
        redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', math.max(now, at)))
        redis.call('PEXPIRE', KEYS[1], 61000)
        return { allowed, string.format('%.6f', tokens) }
        """;

    /// <param name="cost">1 to take a token, 0 to look whether there is one.</param>
    public async Task<Taken> TakeAsync(string key, int capacity, int cost, long now)
    {
        var result = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(Script, [Prefix + key], [capacity, now, cost]))!;
        return new Taken((int)result[0] == 1, double.Parse((string)result[1]!, CultureInfo.InvariantCulture));
    }
}
