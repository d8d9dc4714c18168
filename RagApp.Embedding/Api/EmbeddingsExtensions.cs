using Microsoft.Extensions.AI;
using RagApp.Contracts;
using RagApp.Embedding.Cache;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Provider;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Api;

internal static class EmbeddingsExtensions
{
    /// <summary>What the endpoints need, whichever model stands behind them.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        services.AddOptionsWithValidateOnStart<EmbeddingsOptions, EmbeddingsOptionsValidator>()
            .BindConfiguration(EmbeddingsOptions.Section);
        services.AddSingleton<Telemetry>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<TextEmbedder>();
        return services;
    }

    /// <summary>The model: the provider's when one is configured, else the embedded one; spans of it, and the cache before it.</summary>
    public static void AddEmbeddingModel(this IHostApplicationBuilder builder)
    {
        var model = builder.Configuration.HasEmbeddingProvider()
            ? builder.Services.AddProviderModel()
            : builder.Services.AddEmbeddedModel();
        model.UseVectorCache(builder)
            .UseOpenTelemetry(configure: telemetry => telemetry.EnableSensitiveData = false);
    }
}
