namespace RagApp.Gateway.Limits;

/// <summary>The buckets of this replica, for the time that Redis is away. Their number is bounded: full ones are forgotten first.</summary>
internal sealed class LocalBuckets
{
    private const int MaxBuckets = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TokenBucket Bucket, int Capacity)> _buckets = new(StringComparer.Ordinal);

    /// <param name="cost">1 to take a token, 0 to look whether there is one.</param>
    public Taken Take(string key, int capacity, int cost, long now)
    {
        lock (_lock)
        {
            if (_buckets.Count >= MaxBuckets && !_buckets.ContainsKey(key))
                Forget(now);
            var bucket = (_buckets.TryGetValue(key, out var known) ? known.Bucket : new TokenBucket(capacity, now)).Until(now, capacity);
            var allowed = bucket.Tokens >= 1;
            if (allowed)
                bucket = bucket with { Tokens = bucket.Tokens - cost };
            _buckets[key] = (bucket, capacity);
            return new Taken(allowed, bucket.Tokens);
        }
    }

    private void Forget(long now)
    {
        foreach (var key in _buckets.Where(one => one.Value.Bucket.Until(now, one.Value.Capacity).Tokens >= one.Value.Capacity).Select(one => one.Key).ToList())
            _buckets.Remove(key);
        if (_buckets.Count >= MaxBuckets)
            _buckets.Clear();
    }
}
