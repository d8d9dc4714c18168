using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace RagApp.Embedding.Cache;

internal static class CacheExtensions
{
    private const string ConnectionName = "redis";

    /// <summary>Keeps vectors in Redis when <c>ConnectionStrings:redis</c> is set.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> UseVectorCache(
        this EmbeddingGeneratorBuilder<string, Embedding<float>> generator, IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(ConnectionName) is not { Length: > 0 } connectionString)
            return generator;

        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<CacheOptions, CacheOptionsValidator>().BindConfiguration(CacheOptions.Section);
        services.AddSingleton(provider => RedisConnection.To(connectionString, provider.GetRequiredService<IOptions<CacheOptions>>()));
        services.AddSingleton<VectorCache>();
        services.AddHealthChecks().AddCheck<RedisHealthCheck>(ConnectionName, HealthStatus.Degraded);
        return generator.Use((inner, provider) => new CachingGenerator(inner, provider.GetRequiredService<VectorCache>()));
    }
}
