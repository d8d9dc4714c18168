using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Generations;
using RagApp.Storage.Qdrant.Membership;
using RagApp.Storage.Qdrant.Searching;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Storage.Qdrant.Writing;
using RagApp.Storage.Queue;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Qdrant;

internal static class QdrantIndexExtensions
{
    /// <summary>Registers the chunk index on Qdrant, which is used only when the options name a server.</summary>
    public static IServiceCollection AddQdrantIndex(this IServiceCollection services)
    {
        services.AddQdrantCollections().AddQdrantMembership().AddTextAnalysis().AddRedis().AddMetrics();
        services.TryAddSingleton<CurrentGenerations>();
        services.TryAddSingleton<TermStatistics>();
        services.TryAddSingleton<TermCounting>();
        services.TryAddSingleton<Terms.Telemetry>();
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
