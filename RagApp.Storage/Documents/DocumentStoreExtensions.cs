using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Documents.Trees;
using RagApp.Storage.Encryption;
using RagApp.Storage.FileSystem;
using RagApp.Storage.S3;

namespace RagApp.Storage.Documents;

public static class DocumentStoreExtensions
{
    /// <summary>
    /// Registers the document store with its readiness check: in the bucket of <c>Storage:S3</c> when one is configured, else
    /// in the folder <c>Storage:DataPath</c>.
    /// </summary>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services)
    {
        services.AddBlobStore();
        services.AddMetrics();
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton(provider => new DamageReport(provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<ILogger<DamageReport>>()));
        services.TryAddSingleton<IUnfinishedWrites>(provider => new UnfinishedFiles(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataPath));
        services.TryAddSingleton<IOriginalStore, OriginalStore>();
        services.TryAddSingleton<IManifestStore, ManifestStore>();
        services.TryAddSingleton<ITreeStore, TreeStore>();
        services.TryAddSingleton<IContentStore, ContentStore>();
        services.TryAddSingleton<StoreInspection>();
        services.AddHostedService<EncryptionNotice>();
        services.AddHealthChecks().Add(new HealthCheckRegistration("documents", HealthCheck, failureStatus: null, tags: null));
        return services;
    }

    /// <summary>Registers only the blob store that documents, control records and journals share.</summary>
    internal static IServiceCollection AddBlobStore(this IServiceCollection services)
    {
        services.AddStorageOptions().AddS3();
        return services.AddEncryptedBlobs(provider => OnS3(provider)
            ? provider.GetRequiredService<S3BlobStore>()
            : new FileBlobStore(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataPath, provider.GetRequiredService<TimeProvider>()));
    }

    private static IHealthCheck HealthCheck(IServiceProvider provider) => OnS3(provider)
        ? ActivatorUtilities.CreateInstance<S3HealthCheck>(provider)
        : ActivatorUtilities.CreateInstance<WritableFolderHealthCheck>(provider);

    private static bool OnS3(IServiceProvider provider) => provider.GetRequiredService<IOptions<S3Options>>().Value.IsConfigured;
}
