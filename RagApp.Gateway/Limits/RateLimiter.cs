using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace RagApp.Gateway.Limits;

/// <summary>
/// Takes tokens from the buckets in Redis. While Redis is away, each replica counts for itself: a limit never stops the gateway, and a
/// replica that lost Redis asks it again every few seconds.
/// </summary>
internal sealed class RateLimiter(IServiceProvider services, Telemetry telemetry, TimeProvider time, ILogger<RateLimiter> logger)
{
    private const int KeyBytes = 16;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly LocalBuckets _local = new();
    private readonly LeasedTokens _leased = new();

    /// <summary>Null where the gateway has no Redis.</summary>
    private readonly RedisBuckets? _shared = services.GetService<IConnectionMultiplexer>() is { } redis ? new RedisBuckets(redis) : null;
    private long _askAgainAt;

    /// <summary>Takes one token, or only looks whether there is one.</summary>
    /// <param name="kind">One of <see cref="LimitKind"/>.</param>
    /// <param name="who">Name of the bucket's owner; keys hold a hash of it.</param>
    public async Task<Taken> TakeAsync(string kind, string who, int capacity, bool look = false)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var key = $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(who)).AsSpan(0, KeyBytes))}";
        var taken = (look ? null : _leased.TryTake(key, now))
            ?? await TryShareAsync(key, capacity, look, now)
            ?? _local.Take(key, capacity, look ? 0 : 1, now);
        if (!taken.Allowed)
            telemetry.Refused(kind);
        return taken;
    }

    private async Task<Taken?> TryShareAsync(string key, int capacity, bool look, long now)
    {
        if (_shared is null || now < Interlocked.Read(ref _askAgainAt))
            return null;
        try
        {
            var (taken, left) = await _shared.TakeAsync(key, capacity, look ? 0 : LeasedTokens.SizeFor(capacity), now).WaitAsync(LongestWait, time);
            if (look)
                return new Taken(left >= 1, left);
            if (taken > 1)
                _leased.Put(key, taken - 1, left, now);
            return new Taken(taken > 0, left + Math.Max(0, taken - 1));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            Interlocked.Exchange(ref _askAgainAt, now + (long)Pause.TotalMilliseconds);
            logger.CountingAlone(exception.GetType().Name);
            return null;
        }
    }
}
