using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RagApp.Storage;

internal static class StorageOptionsExtensions
{
    /// <summary>Binds <see cref="StorageOptions"/> and validates them at the start; may be called more than once.</summary>
    public static IServiceCollection AddStorageOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions>().BindConfiguration(StorageOptions.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>>(new DataAnnotationValidateOptions<StorageOptions>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, DataPathValidator>(),
        ]);
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
