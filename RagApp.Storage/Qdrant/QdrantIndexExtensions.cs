using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Storage.Analysis;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Storage.Queue;

namespace RagApp.Storage.Qdrant;

internal static class QdrantIndexExtensions
{
    /// <summary>Adds the parts of the index on Qdrant. None of them is used unless the options name a server.</summary>
    public static IServiceCollection AddQdrantIndex(this IServiceCollection services)
    {
        services.AddQdrantCollections().AddTextAnalysis().AddRedis().AddMetrics();
        services.TryAddSingleton<CurrentGenerations>();
        services.TryAddSingleton<TermStatistics>();
        services.TryAddSingleton<TermCounting>();
        services.TryAddSingleton<TermTelemetry>();
        services.TryAddSingleton<QuestionTerms>();
        services.TryAddSingleton<SearchPlans>();
        services.TryAddSingleton<ListSearch>();
        services.TryAddSingleton<Corrections>();
        services.TryAddSingleton<QdrantChunkIndex>();
        services.TryAddSingleton<GenerationWriter>();
        services.TryAddSingleton<QdrantChunkIndexWriter>();
        services.TryAddSingleton<QdrantGenerations>();
        services.TryAddSingleton<QdrantSnapshots>();
        return services;
    }
}
