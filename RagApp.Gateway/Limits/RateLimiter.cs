using System.Collections.Concurrent;
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

    /// <summary>Buckets of which tokens are being taken in advance.</summary>
    private readonly ConcurrentDictionary<string, Lazy<Task<Taken?>>> _leasing = new(StringComparer.Ordinal);

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
        var part = LeasedTokens.SizeFor(capacity);
        var taken = (look || part == 1 ? await TryAskAsync(key, capacity, look ? 0 : 1, now) : await TryLeasedAsync(key, capacity, part, now))
            ?? _local.Take(key, capacity, look ? 0 : 1, now);
        if (!taken.Allowed)
            telemetry.Refused(kind);
        return taken;
    }

    /// <summary>
    /// Takes one of the tokens in advance. When none is left, one request takes more and the others wait for them: if each of a burst took a part
    /// of the bucket for itself, the burst would empty it.
    /// </summary>
    private async Task<Taken?> TryLeasedAsync(string key, int capacity, int part, long now)
    {
        while (true)
        {
            if (_leased.TryTake(key, now) is { } taken)
                return taken;
            var leased = await _leasing.GetOrAdd(key, _ => new Lazy<Task<Taken?>>(() => LeaseAsync(key, capacity, part, now))).Value;
            if (leased is not { Allowed: true })
                return leased;
        }
    }

    /// <summary>Takes a part of the bucket in advance.</summary>
    private async Task<Taken?> LeaseAsync(string key, int capacity, int part, long now)
    {
        try
        {
            return await TryAskAsync(key, capacity, part, now);
        }
        finally
        {
            _leasing.TryRemove(key, out _);
        }
    }

    /// <summary>Takes tokens from Redis; those of a part go to the ones in advance. Null when Redis does not answer.</summary>
    private async Task<Taken?> TryAskAsync(string key, int capacity, int wanted, long now)
    {
        if (_shared is null || now < Interlocked.Read(ref _askAgainAt))
            return null;
        try
        {
            var (taken, left) = await _shared.TakeAsync(key, capacity, wanted, now).WaitAsync(LongestWait, time);
            if (wanted > 1 && taken > 0)
                _leased.Put(key, taken, left, now);
            return new Taken(wanted == 0 ? left >= 1 : taken > 0, left);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            Interlocked.Exchange(ref _askAgainAt, now + (long)Pause.TotalMilliseconds);
            logger.CountingAlone(exception.GetType().Name);
            return null;
        }
    }
}
