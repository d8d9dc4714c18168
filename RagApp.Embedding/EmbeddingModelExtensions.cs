using Microsoft.Extensions.AI;
using RagApp.Embedding.Cache;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Provider;
using RagApp.Embedding.Serving;
using RagApp.Models;

namespace RagApp.Embedding;

internal static class EmbeddingModelExtensions
{
    /// <summary>
    /// Registers all models, each with spans and the cache. The first one is the default for requests that name none:
    /// the provider of <c>Embedding:Provider</c> when it is configured, else the embedded model. The other models remain
    /// available, so that questions to an index made with one of them can still be embedded.
    /// </summary>
    public static void AddEmbeddingModels(this IHostApplicationBuilder builder)
    {
        var providers = builder.Configuration.EmbeddingProviders();
        builder.Services.AddEmbeddingProviders(providers);
        builder.Services.AddEmbeddedModels();
        builder.AddCache();
        builder.Services.AddSingleton(services => new ServedModels(
        [
            .. InOrder(ProviderModels.Create(services, providers), EmbeddedModelExtensions.Serve(services))
                .Select(model => model with { Generator = Decorate(services, model) }),
        ]));
    }

    /// <summary>
    /// The default provider, the embedded models, and last the further providers, so that a further provider never changes the
    /// default.
    /// </summary>
    private static IEnumerable<ServedModel> InOrder(ProviderModels providers, IEnumerable<ServedModel> embedded) =>
        [.. providers.First, .. embedded, .. providers.Further];

    private static IEmbeddingGenerator<string, Embedding<float>> Decorate(IServiceProvider services, ServedModel model) =>
        new EmbeddingGeneratorBuilder<string, Embedding<float>>(model.Generator)
            .UseVectorCache(model.Model)
            .UseOpenTelemetry(configure: telemetry => telemetry.EnableSensitiveData = false)
            .Build(services);
}
