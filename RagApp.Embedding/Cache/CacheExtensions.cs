using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using StackExchange.Redis;

namespace RagApp.Embedding.Cache;

internal static class CacheExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>The cache of vectors, when <c>ConnectionStrings:redis</c> is set.</summary>
    public static void AddVectorCache(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is not { Length: > 0 })
            return;

        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<CacheOptions>().ValidateDataAnnotations().BindConfiguration(CacheOptions.Section);
        // The integration's health check takes the service out of traffic when Redis is away; without a cache it works, only slower.
        builder.AddRedisClient(ConnectionName, settings => settings.DisableHealthChecks = true);
        services.AddOptions<ConfigurationOptions>().Configure<IOptions<CacheOptions>>(FailFast);
        services.AddSingleton<VectorCache>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(ConnectionName, HealthStatus.Degraded);
    }

    /// <summary>Waiting for a cache costs more than doing without: while it is away calls fail at once.</summary>
    private static void FailFast(ConfigurationOptions redis, IOptions<CacheOptions> cache)
    {
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.AsyncTimeout = (int)cache.Value.Timeout.TotalMilliseconds;
    }

    /// <summary>Keeps a model's vectors in the cache, where there is one.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseVectorCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> generator, EmbeddingModel model) =>
        generator.Use((inner, provider) => provider.GetService<VectorCache>() is { } cache ? new CachingGenerator(inner, model, cache) : inner);
}
