using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Api;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Provider;

internal static class ProviderModelExtensions
{
    /// <summary>Serves the model of section <c>Embedding:Provider</c>.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddProviderModel(this IServiceCollection services)
    {
        services.AddSingleton(provider => Describe(provider.GetRequiredService<IOptions<EmbeddingProviderOptions>>().Value));
        return services.AddEmbeddingProvider();
    }

    private static ServedModel Describe(EmbeddingProviderOptions options) => new(
        new EmbeddingModel(options.Model, options.Dimension, options.MaxTokens, options.FusionWeight),
        options.QueryPrefix,
        options.PassagePrefix,
        CountTokens: null);
}
