using Microsoft.Extensions.AI;
using RagApp.Embedding.Cache;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Provider;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Api;

internal static class EmbeddingsExtensions
{
    /// <summary>What the endpoints need, whichever models stand behind them.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EmbeddingsOptions>().ValidateDataAnnotations()
            .BindConfiguration(EmbeddingsOptions.Section);
        services.AddSingleton<Telemetry>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<TextEmbedder>();
        return services;
    }

    /// <summary>
    /// The models, each with spans and a cache before it. First, and so for requests that name none: the provider's of
    /// <c>Embedding:Provider</c> when there is one, else the embedded one; then the others, which stay served so that
    /// an index made with one of them goes on answering.
    /// </summary>
    public static void AddEmbeddingModels(this IHostApplicationBuilder builder)
    {
        var providers = builder.Configuration.EmbeddingProviders();
        builder.Services.AddEmbeddingProviders(providers);
        builder.Services.AddEmbeddedModels();
        builder.AddVectorCache();
        builder.Services.AddSingleton(services => new ServedModels(
        [
            .. InOrder(ProviderModels.Create(services, providers), EmbeddedModelExtensions.Serve(services))
                .Select(model => model with { Generator = Decorate(services, model) }),
        ]));
    }

    /// <summary>The default provider, the embedded models, and last the further providers, so that adding one changes no default.</summary>
    private static IEnumerable<ServedModel> InOrder(ProviderModels providers, IEnumerable<ServedModel> embedded) =>
        [.. providers.First, .. embedded, .. providers.Further];

    private static IEmbeddingGenerator<string, Embedding<float>> Decorate(IServiceProvider services, ServedModel model) =>
        new EmbeddingGeneratorBuilder<string, Embedding<float>>(model.Generator)
            .UseVectorCache(model.Model)
            .UseOpenTelemetry(configure: telemetry => telemetry.EnableSensitiveData = false)
            .Build(services);
}
