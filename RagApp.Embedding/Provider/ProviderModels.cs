using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Batching;
using RagApp.Embedding.Serving;
using RagApp.Models;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Provider;

/// <summary>The models of the configured providers: the one of <c>Embedding:Provider</c>, if any, and the further ones.</summary>
internal sealed record ProviderModels(IReadOnlyList<ServedModel> First, IReadOnlyList<ServedModel> Further)
{
    public static ProviderModels Create(IServiceProvider services, IReadOnlyList<string> sections)
    {
        var options = services.GetRequiredService<IOptionsMonitor<EmbeddingProviderOptions>>();
        var bySection = sections.ToLookup(section => section == EmbeddingProviderOptions.Section, section => Serve(services, options.Get(section), section));
        return new ProviderModels([.. bySection[true]], [.. bySection[false]]);
    }

    private static ServedModel Serve(IServiceProvider services, EmbeddingProviderOptions options, string section) => new(
        new EmbeddingModel(options.Model, options.Dimension, options.MaxTokens, options.FusionWeight),
        options.QueryPrefix,
        options.PassagePrefix,
        ProviderTokens.CounterFor(options),
        new BatchedGenerator(
            options.CreateGenerator(section), options.Model, BatchLimits.Of(options),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Telemetry>()));
}
