using System.Runtime.InteropServices;

namespace RagApp.Gateway.Limits;

/// <summary>
/// Tokens that this replica has taken from Redis in advance, for a second: a busy person costs one call to Redis for some requests, not one
/// for each. What is left after the second is lost, which makes a limit a little stricter and never wider.
/// </summary>
internal sealed class LeasedTokens
{
    /// <summary>Part of a bucket that is taken at once. Buckets below this size are taken token by token.</summary>
    private const int PartOfBucket = 600;

    private const long Lifetime = 1000;
    private const int MaxLeases = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lease> _leases = new(StringComparer.Ordinal);

    /// <summary>Number of tokens to take from Redis at once.</summary>
    public static int SizeFor(int capacity) => Math.Max(1, capacity / PartOfBucket);

    /// <summary>Takes one of the tokens in advance; null when there is none.</summary>
    public Taken? TryTake(string key, long now)
    {
        lock (_lock)
        {
            if (!_leases.TryGetValue(key, out var lease) || lease.Left == 0 || now - lease.At >= Lifetime)
                return null;
            _leases[key] = lease with { Left = lease.Left - 1 };
            return new Taken(Allowed: true, lease.InRedis + lease.Left - 1);
        }
    }

    /// <param name="count">Number of tokens that were taken in advance.</param>
    /// <param name="inRedis">Tokens that were left in Redis then.</param>
    public void Put(string key, int count, double inRedis, long now)
    {
        lock (_lock)
        {
            if (_leases.Count >= MaxLeases)
                _leases.Clear();
            _leases[key] = new Lease(count, inRedis, now);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Lease(int Left, double InRedis, long At);
}
