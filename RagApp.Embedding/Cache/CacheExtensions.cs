using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Cache;

internal static class CacheExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>The cache of vectors, when <c>ConnectionStrings:redis</c> is set.</summary>
    public static void AddVectorCache(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is not { Length: > 0 } connectionString)
            return;

        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<CacheOptions>().ValidateDataAnnotations().BindConfiguration(CacheOptions.Section);
        services.AddSingleton(provider => RedisConnection.To(connectionString, provider.GetRequiredService<IOptions<CacheOptions>>()));
        services.AddSingleton<VectorCache>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(ConnectionName, HealthStatus.Degraded);
    }

    /// <summary>Keeps a model's vectors in the cache, where there is one.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseVectorCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> generator, EmbeddingModel model) =>
        generator.Use((inner, provider) => provider.GetService<VectorCache>() is { } cache ? new CachingGenerator(inner, model, cache) : inner);
}
