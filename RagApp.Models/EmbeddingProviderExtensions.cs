using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Embeddings;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;

namespace RagApp.Models;

public static class EmbeddingProviderExtensions
{
    /// <summary>
    /// Registers <see cref="EmbeddingCatalogue"/> with the models of sections <c>Models:Embeddings</c>, <c>Embedding:Provider</c> and
    /// <c>Embedding:Providers</c>, or with none.
    /// </summary>
    /// <returns>True when there is a model.</returns>
    public static bool AddEmbeddingProviders(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var sections = SectionsOf(builder.Configuration);
        services.AddOptionsWithValidateOnStart<EmbeddingModelsOptions>().BindConfiguration(EmbeddingModelsOptions.Section);
        foreach (var section in sections)
            services.AddOptionsWithValidateOnStart<EmbeddingProviderOptions>(section).BindConfiguration(section);
        services.AddSingleton<EmbeddingModelCheck>()
            .AddSingleton<IValidateOptions<EmbeddingModelsOptions>>(provider => provider.GetRequiredService<EmbeddingModelCheck>())
            .AddSingleton<IValidateOptions<EmbeddingProviderOptions>>(provider => provider.GetRequiredService<EmbeddingModelCheck>());
        services.AddPoolServices(builder.Configuration)
            .AddSingleton(provider => new EmbeddingCatalogue(
                provider.GetRequiredService<IConfiguration>(), sections, provider.GetRequiredService<IOptionsFactory<EmbeddingModelsOptions>>(),
                provider.GetRequiredService<IOptionsFactory<EmbeddingProviderOptions>>(), provider.GetRequiredService<PoolServices>(),
                provider.GetRequiredService<ProviderConnections>(), provider.GetRequiredService<ILogger<EmbeddingCatalogue>>()));
        return sections.Count > 0 || builder.Configuration.GetSection($"{EmbeddingModelsOptions.Section}:{nameof(EmbeddingModelsOptions.Embeddings)}").GetChildren().Any();
    }

    internal static bool IsConfigured(IConfigurationSection section) =>
        ModelEndpoint.IsConfigured(section)
        || (section[nameof(EmbeddingProviderOptions.Provider)] is { Length: > 0 } provider
            && !provider.Equals(nameof(ModelProvider.OpenAI), StringComparison.OrdinalIgnoreCase));

    /// <summary>The sections with one model each: <c>Embedding:Provider</c>, when it is configured, and each section below <c>Embedding:Providers</c>.</summary>
    private static IReadOnlyList<string> SectionsOf(IConfiguration configuration)
    {
        var first = configuration.GetSection(EmbeddingProviderOptions.Section);
        var further = configuration.GetSection(EmbeddingProviderOptions.FurtherSection).GetChildren().Select(section => section.Path);
        return IsConfigured(first) ? [first.Path, .. further] : [.. further];
    }
}
