using Microsoft.Extensions.AI;
using RagApp.Embedding.Cache;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Provider;
using RagApp.Embedding.Serving;
using RagApp.Models;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding;

internal static class EmbeddingModelExtensions
{
    /// <summary>
    /// Registers all models, each with spans and the cache. The first one is the default for requests that name none:
    /// that of <c>Models:DefaultEmbedding</c> or <c>Embedding:Provider</c> when one is configured, else the embedded model. The other
    /// models remain available, so that questions to an index made with one of them can still be embedded.
    /// </summary>
    /// <returns>True when a provider's model is among them.</returns>
    public static bool AddEmbeddingModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddEmbeddedModels();
        builder.AddCache();
        builder.Services.AddSingleton(services => new ServedModels(
            [.. EmbeddedModelExtensions.Serve(services).Concat(ProviderModels.Serve(services)).Select(model => model with { Generator = Decorate(services, model) })],
            services.GetRequiredService<EmbeddingCatalogue>().Default));
        return builder.AddEmbeddingProviders();
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Decorate(IServiceProvider services, ServedModel model) =>
        new EmbeddingGeneratorBuilder<string, Embedding<float>>(model.Generator)
            .UseVectorCache(model.Model)
            .UseOpenTelemetry(configure: telemetry => telemetry.EnableSensitiveData = false)
            .Build(services);
}
