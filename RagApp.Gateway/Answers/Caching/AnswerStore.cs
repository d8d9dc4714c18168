using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using RagApp.Storage.Encryption;
using StackExchange.Redis;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// Kept answers in Redis, encrypted. A tenant has two hashes with the same fields: <c>ragapp:answers:{TENANT}:questions</c> and
/// <c>ragapp:answers:{TENANT}:texts</c>, and the times of the fields in <c>ragapp:answers:{TENANT}:times</c>. While Redis is away nothing is
/// found, and no question waits for it.
/// </summary>
internal sealed class AnswerStore(IServiceProvider services, IOptions<AnswerCacheOptions> options, Telemetry telemetry, TimeProvider time, ILogger<AnswerStore> logger)
{
    private const string Prefix = "ragapp:answers";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Null where the gateway has no Redis.</summary>
    private readonly IConnectionMultiplexer? _redis = services.GetService<IConnectionMultiplexer>();
    private long _askAgainAt;

    /// <summary>True unless there is no Redis, or it failed a moment ago.</summary>
    public bool IsThere => _redis is not null && time.GetUtcNow().UtcTicks >= Interlocked.Read(ref _askAgainAt);

    /// <summary>An answer; null when there is none, or none that can be read.</summary>
    public Task<KeptAnswer?> FindAsync(AnswerScope scope, string field, CancellationToken cancellationToken) => TryAsync(
        async redis => Read(scope.Cipher, await redis.HashGetAsync(Key(scope, "texts"), field), $"text {field}", KeptJson.Default.KeptAnswer), cancellationToken);

    /// <summary>The questions of the scope with their fields.</summary>
    public async Task<IReadOnlyList<(string Field, KeptQuestion Question)>> ListAsync(AnswerScope scope, CancellationToken cancellationToken)
    {
        var all = await TryAsync(redis => redis.HashGetAllAsync(Key(scope, "questions")), cancellationToken);
        return
        [
            .. (all ?? []).Where(entry => scope.Has(entry.Name!))
                .Select(entry => (Field: (string)entry.Name!, Question: Read(scope.Cipher, entry.Value, $"question {entry.Name}", KeptJson.Default.KeptQuestion)))
                .Where(entry => entry.Question is not null)
                .Select(entry => (entry.Field, entry.Question!)),
        ];
    }

    /// <summary>Keeps an answer, in place of the oldest one when the tenant has too many.</summary>
    /// <param name="question">Null when the question has no vector: then only the same question finds the answer.</param>
    public Task KeepAsync(AnswerScope scope, string field, KeptAnswer answer, KeptQuestion? question, CancellationToken cancellationToken) => TryAsync(
        async redis =>
        {
            RedisKey times = Key(scope, "times"), texts = Key(scope, "texts"), questions = Key(scope, "questions");
            await redis.HashSetAsync(texts, field, Write(scope.Cipher, answer, $"text {field}", KeptJson.Default.KeptAnswer));
            if (question is not null)
                await redis.HashSetAsync(questions, field, Write(scope.Cipher, question, $"question {field}", KeptJson.Default.KeptQuestion));
            await redis.SortedSetAddAsync(times, field, answer.MadeAt.ToUnixTimeMilliseconds());
            await Task.WhenAll(((RedisKey[])[times, texts, questions]).Select(key => redis.KeyExpireAsync(key, options.Value.TimeToLive)));
            await RemoveOldAsync(redis, times, texts, questions);
            return true;
        }, cancellationToken);

    public Task RemoveAsync(AnswerScope scope, string field, CancellationToken cancellationToken) => TryAsync(
        async redis =>
        {
            await RemoveAsync(redis, Key(scope, "times"), Key(scope, "texts"), Key(scope, "questions"), [field]);
            return true;
        }, cancellationToken);

    private async Task RemoveOldAsync(IDatabase redis, RedisKey times, RedisKey texts, RedisKey questions)
    {
        var late = (time.GetUtcNow() - options.Value.TimeToLive).ToUnixTimeMilliseconds();
        var fields = (await redis.SortedSetRangeByScoreAsync(times, stop: late)).Concat(await redis.SortedSetRangeByRankAsync(times, 0, -1 - options.Value.Entries)).ToArray();
        if (fields.Length > 0)
            await RemoveAsync(redis, times, texts, questions, fields);
    }

    private static async Task RemoveAsync(IDatabase redis, RedisKey times, RedisKey texts, RedisKey questions, RedisValue[] fields) =>
        await Task.WhenAll(redis.HashDeleteAsync(texts, fields), redis.HashDeleteAsync(questions, fields), redis.SortedSetRemoveAsync(times, fields));

    private static string Key(AnswerScope scope, string part) => $"{Prefix}:{{{scope.Tenant}}}:{part}";

    private static byte[] Write<T>(ValueCipher cipher, T value, string context, JsonTypeInfo<T> type) =>
        cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(value, type), context);

    /// <summary>Decrypts a value; null for one that is missing, damaged or encrypted with another key.</summary>
    private static T? Read<T>(ValueCipher cipher, RedisValue value, string context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return (byte[]?)value is { } bytes && cipher.Open(bytes, context) is { } json ? JsonSerializer.Deserialize(json, type) : null;
        }
        catch (JsonException)
        {
            return null; // written by another version
        }
    }

    private async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!IsThere)
            return default;
        try
        {
            return await call(_redis!.GetDatabase()).WaitAsync(LongestWait, time, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            Interlocked.Exchange(ref _askAgainAt, (time.GetUtcNow() + Pause).UtcTicks);
            telemetry.Failed();
            logger.CacheAway(exception.GetType().Name, Pause);
            return default;
        }
    }
}
