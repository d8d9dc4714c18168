using Microsoft.Extensions.Options;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Ingestion.Processing.Children;
using RagApp.Ingestion.Processing.Screening;
using RagApp.Ingestion.Processing.Vectors;
using RagApp.ServiceDefaults;

namespace RagApp.Ingestion.Processing;

internal static class ProcessingExtensions
{
    /// <summary>Time after the drain until the host gives up.</summary>
    internal static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddProcessing(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ProcessingOptions>().ValidateDataAnnotations().BindConfiguration(ProcessingOptions.Section);
        services.AddOptions<HostOptions>().Configure<IOptions<ProcessingOptions>>(
            (host, processing) => host.ShutdownTimeout = processing.Value.Drain + AfterDrain);
        services.AddBulkEmbeddingClient();
        services.AddSingleton<DocumentLocks>();
        services.AddSingleton<ManifestEditor>();
        services.AddSingleton<InheritedAccess>();
        services.AddSingleton<IndexEntries>();
        services.AddSingleton<TagChanges>();
        services.AddSingleton<DocumentRemoval>();
        services.AddSingleton<DocumentPublisher>();
        services.AddSingleton<AccessChanges>();
        services.AddChildren();
        services.AddScreening();
        services.AddSingleton<EmbeddingPauses>();
        services.AddScoped<TenantModels>();
        services.AddScoped<ChunkEmbedder>();
        services.AddScoped<DocumentProcessor>();
        return services.AddJobs();
    }
}
