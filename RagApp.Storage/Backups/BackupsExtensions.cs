using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.FileSystem;
using RagApp.Storage.S3;

namespace RagApp.Storage.Backups;

public static class BackupsExtensions
{
    /// <summary>Key of the bucket for backups among the registered services.</summary>
    private const string BucketKey = "backups";

    /// <summary>Registers backups, in the folder or the bucket that is configured for them.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddBlobStore();
        services.AddOptionsWithValidateOnStart<BackupOptions>().BindConfiguration(BackupOptions.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<BackupOptions>>(new DataAnnotationValidateOptions<BackupOptions>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<BackupOptions>, BackupOptionsValidator>(),
        ]);
        services.AddBackupBucket(BucketKey);
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<BackupStore>(provider, new Lazy<IBlobStore>(() => PlaceOf(provider))));
        services.TryAddSingleton<StoreArchive>();
        return services;
    }

    private static IBlobStore PlaceOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<BackupOptions>>().Value.Folder is { Length: > 0 } folder
        ? new FileBlobStore(folder, provider.GetRequiredService<TimeProvider>())
        : provider.GetRequiredKeyedService<S3BlobStore>(BucketKey);
}
