using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Api;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Provider;

/// <summary>The configured providers' models: that of <c>Embedding:Provider</c>, if any, and the further ones.</summary>
internal sealed record ProviderModels(IReadOnlyList<ServedModel> First, IReadOnlyList<ServedModel> Further)
{
    public static ProviderModels Create(IServiceProvider services, IReadOnlyList<string> sections)
    {
        var options = services.GetRequiredService<IOptionsMonitor<EmbeddingProviderOptions>>();
        var bySection = sections.ToLookup(section => section == EmbeddingProviderOptions.Section, section => Serve(options.Get(section)));
        return new ProviderModels([.. bySection[true]], [.. bySection[false]]);
    }

    private static ServedModel Serve(EmbeddingProviderOptions options) => new(
        new EmbeddingModel(options.Model, options.Dimension, options.MaxTokens, options.FusionWeight),
        options.QueryPrefix,
        options.PassagePrefix,
        CountTokens: null,
        options.CreateGenerator());
}
