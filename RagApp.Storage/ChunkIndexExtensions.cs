using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Storage.Lucene.Generations;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Generations;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Text.Analysis;

namespace RagApp.Storage;

/// <summary>
/// Registers the chunk index: on Qdrant when <c>ConnectionStrings:qdrant</c> is set, else on Lucene in the folder
/// <c>Storage:DataPath</c>.
/// </summary>
public static class ChunkIndexExtensions
{
    /// <summary>Registers the chunk index for processes that search it, with its readiness check.</summary>
    public static IServiceCollection AddChunkIndex(this IServiceCollection services)
    {
        services.AddStorageOptions().AddTextAnalysis().AddQdrantIndex();
        services.TryAddSingleton<IChunkIndex>(provider => OnQdrant(provider)
            ? provider.GetRequiredService<QdrantChunkIndex>()
            : ActivatorUtilities.CreateInstance<LuceneChunkIndex>(provider));
        services.AddHealthChecks().Add(new HealthCheckRegistration("index", HealthCheck<ReadableFolderHealthCheck>, failureStatus: null, tags: null));
        return services;
    }

    /// <summary>Registers the chunk index for the process that writes it, with its readiness check; on Lucene only one process may.</summary>
    public static IServiceCollection AddChunkIndexWriter(this IServiceCollection services)
    {
        services.AddStorageOptions().AddTextAnalysis().AddQdrantIndex();
        services.TryAddSingleton<LuceneChunkIndexWriter>();
        services.TryAddSingleton<LuceneGenerations>();
        services.TryAddSingleton<IChunkIndexWriter>(provider => OnQdrant(provider)
            ? provider.GetRequiredService<QdrantChunkIndexWriter>()
            : provider.GetRequiredService<LuceneChunkIndexWriter>());
        services.TryAddSingleton<IIndexGenerations>(provider => OnQdrant(provider)
            ? provider.GetRequiredService<QdrantGenerations>()
            : provider.GetRequiredService<LuceneGenerations>());
        services.TryAddSingleton<IIndexSnapshots>(provider => OnQdrant(provider)
            ? provider.GetRequiredService<QdrantSnapshots>()
            : ActivatorUtilities.CreateInstance<LuceneSnapshots>(provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TermKeeper>());
        services.AddHealthChecks().Add(new HealthCheckRegistration("index-writer", HealthCheck<WritableFolderHealthCheck>, failureStatus: null, tags: null));
        return services;
    }

    private static IHealthCheck HealthCheck<TFolder>(IServiceProvider provider)
        where TFolder : IHealthCheck => OnQdrant(provider)
            ? ActivatorUtilities.CreateInstance<QdrantHealthCheck>(provider)
            : ActivatorUtilities.CreateInstance<TFolder>(provider);

    private static bool OnQdrant(IServiceProvider provider) => provider.GetRequiredService<IOptions<QdrantOptions>>().Value.IsConfigured;
}
