using System.Globalization;
using StackExchange.Redis;

namespace RagApp.Gateway.Limits;

/// <summary>The buckets that all replicas share, in Redis: a bucket is read, filled and changed by one script.</summary>
internal sealed class RedisBuckets(IConnectionMultiplexer redis)
{
    private const string Prefix = "ragapp:limit:";

    /// <summary>
    /// KEYS: bucket. ARGV: capacity, time in milliseconds, number of tokens to take. It takes as many of them as there are. A bucket that was
    /// not used for a minute is full, so it is forgotten.
    /// </summary>
    private const string Script = """
        local capacity, now, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local values = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens, at = tonumber(values[1] or capacity), tonumber(values[2] or now)
        tokens = math.min(capacity, tokens + math.max(0, now - at) * capacity / 60000)
        local taken = math.min(wanted, math.floor(tokens))
        tokens = tokens - taken
        redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', math.max(now, at)))
        redis.call('PEXPIRE', KEYS[1], 61000)
        return { taken, string.format('%.6f', tokens) }
        """;

    /// <param name="wanted">Number of tokens to take; 0 to look.</param>
    /// <returns>The number of tokens that were taken, and those that are left.</returns>
    public async Task<(int Taken, double Left)> TakeAsync(string key, int capacity, int wanted, long now)
    {
        var result = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(Script, [Prefix + key], [capacity, now, wanted]))!;
        return ((int)result[0], double.Parse((string)result[1]!, CultureInfo.InvariantCulture));
    }
}
