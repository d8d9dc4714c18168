using Microsoft.Extensions.Options;
using RagApp.Embedding.Scheduling;
using StackExchange.Redis;

namespace RagApp.Embedding.Cache;

/// <summary>
/// Outputs of models in Redis, each a list of numbers as <see cref="VectorBytes"/>. When a call to Redis fails, the cache is bypassed
/// for <see cref="EmbeddingCacheOptions.Pause"/>, so that no request waits for it.
/// </summary>
internal sealed class NumbersCache(
    IConnectionMultiplexer redis, IOptions<EmbeddingCacheOptions> options, TimeProvider time, Telemetry telemetry, ILogger<NumbersCache> logger)
{
    private long _pausedUntil;

    /// <summary>The cached numbers in the order of <paramref name="keys"/>; null for each key without them.</summary>
    /// <param name="length">Length of each list. A list of another length was written by another model of the same name, and is not used.</param>
    public async Task<float[]?[]> FindAsync(ModelWork work, IReadOnlyList<string> keys, int length, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.LookUp)?.SetTag(Spans.Tags.Work, Telemetry.NameOf(work)).SetTag(Spans.Tags.Texts, keys.Count);
        var found = new float[]?[keys.Count];
        await TryAsync(async database =>
        {
            var values = await database.StringGetAsync([.. keys.Select(key => (RedisKey)key)]);
            for (var i = 0; i < values.Length; i++)
                found[i] = (byte[]?)values[i] is { } bytes && bytes.Length == length * sizeof(float) ? VectorBytes.Read(bytes) : null;
        }, cancellationToken);

        var hits = found.Count(numbers => numbers is not null);
        activity?.SetTag(Spans.Tags.Hits, hits);
        telemetry.LookedUp(work, hits, keys.Count - hits);
        return found;
    }

    public Task KeepAsync(IEnumerable<(string Key, ReadOnlyMemory<float> Numbers)> entries, CancellationToken cancellationToken) =>
        TryAsync(database => Task.WhenAll(entries.Select(entry =>
            database.StringSetAsync(entry.Key, VectorBytes.Of(entry.Numbers.Span), options.Value.TimeToLive))), cancellationToken);

    private async Task TryAsync(Func<IDatabase, Task> call, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Interlocked.Read(ref _pausedUntil))
            return;
        try
        {
            await call(redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            telemetry.CacheFailed();
            Pause(exception);
        }
    }

    /// <summary>
    /// Begins a pause. Only the request that begins it logs it, so that each pause makes one line however many requests fail
    /// together.
    /// </summary>
    private void Pause(Exception exception)
    {
        var now = time.GetUtcNow();
        var before = Interlocked.Read(ref _pausedUntil);
        if (before <= now.UtcTicks
            && Interlocked.CompareExchange(ref _pausedUntil, (now + options.Value.Pause).UtcTicks, before) == before)
            logger.CacheUnavailable(exception.GetType().Name, options.Value.Pause);
    }
}
