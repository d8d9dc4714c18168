using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Api;
using StackExchange.Redis;

namespace RagApp.Embedding.Cache;

/// <summary>
/// Vectors in Redis. The key is <c>embedding:MODEL:INPUT_TYPE:TENANT:SHA-256 of the text</c>, the value the vector as
/// <see cref="VectorBytes"/>. The tenant is part of the key although the vector is the same for everyone: a shared
/// entry would let one tenant learn, from how fast the answer comes, that another one has a document with this text.
/// When Redis fails, nothing is found and nothing kept, for a pause in which nobody waits for it.
/// </summary>
internal sealed class VectorCache(
    IConnectionMultiplexer redis, IOptions<CacheOptions> options, TimeProvider time, Telemetry telemetry,
    ILogger<VectorCache> logger)
{
    private long _pausedUntil;

    /// <summary>The vectors that are kept, null for each one that is not; in the order of <paramref name="texts"/>.</summary>
    public async Task<float[]?[]> FindAsync(
        EmbeddingModel model, EmbeddingWork work, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.LookUp)?.SetTag(Spans.Tags.Texts, texts.Count);
        var found = new float[]?[texts.Count];
        await TryAsync(async database =>
        {
            var values = await database.StringGetAsync([.. texts.Select(text => KeyOf(model, work, text))]);
            for (var i = 0; i < values.Length; i++)
                found[i] = Read(model, values[i]);
        }, cancellationToken);

        var hits = found.Count(vector => vector is not null);
        activity?.SetTag(Spans.Tags.Hits, hits);
        telemetry.LookedUp(hits, texts.Count - hits);
        return found;
    }

    public Task KeepAsync(
        EmbeddingModel model, EmbeddingWork work, IReadOnlyList<string> texts, IReadOnlyList<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken) =>
        TryAsync(database => Task.WhenAll(texts.Select((text, index) =>
            database.StringSetAsync(KeyOf(model, work, text), VectorBytes.Of(vectors[index].Span), options.Value.TimeToLive))), cancellationToken);

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

    /// <summary>Only who begins the pause logs it: one line a pause, however many requests fail together.</summary>
    private void Pause(Exception exception)
    {
        var now = time.GetUtcNow();
        var before = Interlocked.Read(ref _pausedUntil);
        if (before <= now.UtcTicks
            && Interlocked.CompareExchange(ref _pausedUntil, (now + options.Value.Pause).UtcTicks, before) == before)
            logger.CacheUnavailable(exception.GetType().Name, options.Value.Pause);
    }

    /// <summary>A value of another length was written for another model under the same name: it counts as not there.</summary>
    private static float[]? Read(EmbeddingModel model, RedisValue value) =>
        (byte[]?)value is { } bytes && bytes.Length == model.Dimension * sizeof(float) ? VectorBytes.Read(bytes) : null;

    private static RedisKey KeyOf(EmbeddingModel model, EmbeddingWork work, string text)
    {
        var type = work.InputType == EmbeddingInputType.Query ? "query" : "passage";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"embedding:{model.Id}:{type}:{work.Tenant}:{hash}";
    }
}
