using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Models.Errors;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Embeddings;

public static class EmbeddingProviderExtensions
{
    /// <summary>Whether section <c>Embedding:Provider</c> names a provider, by its key or by an endpoint of one's own.</summary>
    public static bool HasEmbeddingProvider(this IConfiguration configuration) =>
        OpenAIConnection.IsConfigured(configuration.GetSection(EmbeddingProviderOptions.Section));

    /// <summary>Registers the provider's generator; it throws <see cref="ModelException"/> when the provider fails.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddEmbeddingProvider(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EmbeddingProviderOptions, EmbeddingProviderOptionsValidator>()
            .BindConfiguration(EmbeddingProviderOptions.Section);
        services.AddExceptionHandler<ModelExceptionHandler>();
        return services.AddEmbeddingGenerator(provider =>
            OpenAIEmbeddings.Create(provider.GetRequiredService<IOptions<EmbeddingProviderOptions>>().Value));
    }
}
