using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Models.Errors;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Embeddings;

public static class EmbeddingProviderExtensions
{
    /// <summary>The sections of the providers that are configured: <c>Embedding:Provider</c>, when it names one, and those of <c>Embedding:Providers</c>.</summary>
    public static IReadOnlyList<string> EmbeddingProviders(this IConfiguration configuration)
    {
        var first = configuration.GetSection(EmbeddingProviderOptions.Section);
        var further = configuration.GetSection(EmbeddingProviderOptions.FurtherSection).GetChildren().Select(section => section.Path);
        return OpenAIConnection.IsConfigured(first) ? [first.Path, .. further] : [.. further];
    }

    /// <summary>Binds and checks the options of each section, under the section as their name.</summary>
    public static IServiceCollection AddEmbeddingProviders(this IServiceCollection services, IReadOnlyList<string> sections)
    {
        foreach (var section in sections)
            services.AddOptionsWithValidateOnStart<EmbeddingProviderOptions>(section).BindConfiguration(section);
        services.AddSingleton<IValidateOptions<EmbeddingProviderOptions>, EmbeddingProviderOptionsCheck>();
        return services.AddExceptionHandler<ModelExceptionHandler>();
    }

    /// <summary>The provider's generator; it throws <see cref="ModelException"/> when the provider fails.</summary>
    public static IEmbeddingGenerator<string, Embedding<float>> CreateGenerator(this EmbeddingProviderOptions options) =>
        OpenAIEmbeddings.Create(options);
}
