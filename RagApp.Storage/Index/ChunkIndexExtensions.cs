using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Storage.Analysis;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Lucene;

namespace RagApp.Storage.Index;

public static class ChunkIndexExtensions
{
    /// <summary>The chunk index for those who search, with its readiness check.</summary>
    public static IServiceCollection AddChunkIndex(this IServiceCollection services)
    {
        services.AddStorageOptions().AddTextAnalysis();
        services.TryAddSingleton<IChunkIndex, LuceneChunkIndex>();
        services.AddHealthChecks().AddCheck<ReadableFolderHealthCheck>("index");
        return services;
    }

    /// <summary>The chunk index for the one process that writes it, with its readiness check.</summary>
    public static IServiceCollection AddChunkIndexWriter(this IServiceCollection services)
    {
        services.AddStorageOptions().AddTextAnalysis();
        services.TryAddSingleton<LuceneChunkIndexWriter>();
        services.TryAddSingleton<IChunkIndexWriter>(provider => provider.GetRequiredService<LuceneChunkIndexWriter>());
        services.TryAddSingleton<IIndexGenerations, LuceneGenerations>();
        services.AddHealthChecks().AddCheck<WritableFolderHealthCheck>("index-writer");
        return services;
    }
}
