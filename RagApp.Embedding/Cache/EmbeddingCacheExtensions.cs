using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using StackExchange.Redis;

namespace RagApp.Embedding.Cache;

internal static class EmbeddingCacheExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>Registers the cache of vectors, and the store that a cache of readings shares, when <c>ConnectionStrings:redis</c> is set.</summary>
    public static void AddCache(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is not { Length: > 0 })
            return;

        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<EmbeddingCacheOptions>().ValidateDataAnnotations().BindConfiguration(EmbeddingCacheOptions.Section);
        // The service works without Redis, only slower. The integration's own health check would take it out of traffic.
        builder.AddRedisClient(ConnectionName, settings => settings.DisableHealthChecks = true);
        services.AddOptions<ConfigurationOptions>().Configure<IOptions<EmbeddingCacheOptions>>(FailFast);
        services.AddSingleton<NumbersCache>();
        services.AddSingleton<VectorCache>();
        services.AddHealthChecks().AddRedis(provider => provider.GetRequiredService<IConnectionMultiplexer>(), ConnectionName, HealthStatus.Degraded);
    }

    /// <summary>Makes calls fail at once while Redis is away: waiting for the cache costs more than embedding the text.</summary>
    private static void FailFast(ConfigurationOptions redis, IOptions<EmbeddingCacheOptions> cache)
    {
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.AsyncTimeout = (int)cache.Value.Timeout.TotalMilliseconds;
    }

    /// <summary>Caches the vectors of a model when the cache is registered.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseVectorCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> generator, EmbeddingModel model) =>
        generator.Use((inner, provider) => provider.GetService<VectorCache>() is { } cache ? new CachingGenerator(inner, model, cache) : inner);
}
