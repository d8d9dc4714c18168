using Microsoft.Extensions.Options;
using RagApp.Ingestion.Processing.Members;
using RagApp.ServiceDefaults;

namespace RagApp.Ingestion.Processing;

internal static class ProcessingExtensions
{
    private static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(10);

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
        services.AddSingleton<DocumentTagging>();
        services.AddSingleton<DocumentRemoval>();
        services.AddSingleton<IngestionJobs>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<RecoverySignal>();
        services.AddSingleton<DocumentPublisher>();
        services.AddSingleton<DocumentAccess>();
        services.AddMembers();
        services.AddScoped<TenantModels>();
        services.AddScoped<ChunkEmbedder>();
        services.AddScoped<DocumentProcessor>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService<DocumentRecovery>();
        services.AddHostedService<IngestionWorker>();
        return services;
    }
}
