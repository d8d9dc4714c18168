using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;

namespace RagApp.Storage.Documents;

public static class DocumentStoreExtensions
{
    /// <summary>The document store in the folder that <c>Storage:DataPath</c> names, with its readiness check.</summary>
    public static IServiceCollection AddDocumentStore(this IServiceCollection services)
    {
        services.AddStorageOptions();
        services.TryAddSingleton<IBlobStore>(provider => new FileBlobStore(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataPath,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IDocumentStore, DocumentStore>();
        services.AddHealthChecks().AddCheck<WritableFolderHealthCheck>("documents");
        return services;
    }
}
