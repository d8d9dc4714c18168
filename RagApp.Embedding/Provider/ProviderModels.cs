using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Batching;
using RagApp.Embedding.Serving;
using RagApp.Models.Budgets;
using RagApp.Models.Embeddings;
using RagApp.Models.Tokens;

namespace RagApp.Embedding.Provider;

/// <summary>Serves the models of the configured providers: their calls are shared between requests and charged to the callers.</summary>
internal static class ProviderModels
{
    public static IEnumerable<ServedModel> Serve(IServiceProvider services) =>
        services.GetRequiredService<EmbeddingCatalogue>().Models.Select(model => Serve(services, model));

    private static ServedModel Serve(IServiceProvider services, ProviderModel model)
    {
        var options = model.Options;
        var counter = TokenCounter.For(model.Id, model.Encoding);
        var shared = new BatchedGenerator(
            model.Generator, model.Id, BatchLimits.Of(model.Limits, options), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Telemetry>());
        return new ServedModel(
            new EmbeddingModel(model.Id, options.Dimension, options.MaxTokens, options.FusionWeight) { AnswerSimilarity = options.AnswerSimilarity },
            options.QueryPrefix,
            options.PassagePrefix,
            model.Encoding is null ? null : counter.Count,
            new ChargedGenerator(shared, services.GetRequiredService<ModelBudgets>(), () => new ModelTerms(model.Id, model.PriceNow(), counter, MaxOutputTokens: 0)));
    }
}
