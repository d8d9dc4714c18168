using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Models.Embeddings;
using RagApp.Models.Errors;
using RagApp.Models.Providers.Cohere;
using RagApp.Models.Providers.Ollama;
using RagApp.Models.Providers.OpenAI;
using RagApp.Models.Providers.Tei;

namespace RagApp.Models;

public static class EmbeddingProviderExtensions
{
    /// <summary>
    /// The configuration sections of the embedding providers: <c>Embedding:Provider</c>, when it is configured, and each section
    /// below <c>Embedding:Providers</c>.
    /// </summary>
    public static IReadOnlyList<string> EmbeddingProviders(this IConfiguration configuration)
    {
        var first = configuration.GetSection(EmbeddingProviderOptions.Section);
        var further = configuration.GetSection(EmbeddingProviderOptions.FurtherSection).GetChildren().Select(section => section.Path);
        return IsConfigured(first) ? [first.Path, .. further] : [.. further];
    }

    /// <summary>Binds and validates the options of each section, as named options with the section as their name.</summary>
    public static IServiceCollection AddEmbeddingProviders(this IServiceCollection services, IReadOnlyList<string> sections)
    {
        foreach (var section in sections)
            services.AddOptionsWithValidateOnStart<EmbeddingProviderOptions>(section).BindConfiguration(section);
        return services.AddSingleton<IValidateOptions<EmbeddingProviderOptions>, EmbeddingProviderOptionsCheck>();
    }

    /// <summary>
    /// Creates the embedding generator of a provider. Each call is one request, whose answer is validated; it throws
    /// <see cref="ModelException"/> when the provider fails, and takes <see cref="EmbeddingCallOptions"/>.
    /// </summary>
    /// <param name="section">Configuration section of the provider, for the messages.</param>
    public static IEmbeddingGenerator<string, Embedding<float>> CreateGenerator(this EmbeddingProviderOptions options, string section) =>
        new CheckedEmbeddings(
            options.Provider switch
            {
                EmbeddingProviderKind.Cohere => CohereEmbeddings.Create(options),
                EmbeddingProviderKind.Tei => TeiEmbeddings.Create(options),
                EmbeddingProviderKind.Ollama => OllamaEmbeddings.Create(options),
                _ => OpenAIEmbeddings.Create(options),
            },
            options.Dimension,
            section);

    private static bool IsConfigured(IConfigurationSection section) =>
        ModelEndpoint.IsConfigured(section)
        || (section[nameof(EmbeddingProviderOptions.Provider)] is { Length: > 0 } provider
            && !provider.Equals(nameof(EmbeddingProviderKind.OpenAI), StringComparison.OrdinalIgnoreCase));
}
