using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Encryption;

internal static class EncryptionExtensions
{
    /// <summary>Key of the store that has the blobs as they are written, among the registered services.</summary>
    public const string Plain = "plain";

    /// <summary>Registers the blob store of <paramref name="create"/> with encryption, and the keys of tenants, which it stores too.</summary>
    public static IServiceCollection AddEncryptedBlobs(this IServiceCollection services, Func<IServiceProvider, IBlobStore> create)
    {
        services.AddOptionsWithValidateOnStart<EncryptionOptions>().BindConfiguration(EncryptionOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EncryptionOptions>, EncryptionOptionsValidator>());
        services.TryAddKeyedSingleton(Plain, (provider, _) => create(provider));
        services.TryAddSingleton<MasterKeys>();
        services.TryAddSingleton(provider => new TenantKeys(
            provider.GetRequiredKeyedService<IBlobStore>(Plain), provider.GetRequiredService<MasterKeys>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IBlobStore>(provider => new EncryptedBlobStore(
            provider.GetRequiredKeyedService<IBlobStore>(Plain), provider.GetRequiredService<TenantKeys>(), provider.GetRequiredService<IOptions<EncryptionOptions>>()));
        services.TryAddSingleton(provider => new ClearBlobs(provider.GetRequiredKeyedService<IBlobStore>(Plain), provider.GetRequiredService<IBlobStore>()));
        services.TryAddSingleton(provider => new MasterKeyRotation(provider.GetRequiredService<TenantKeys>(), provider.GetRequiredService<MasterKeys>()));
        return services;
    }
}
