using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RagApp.Storage;

internal static class StorageOptionsExtensions
{
    /// <summary>Binds and checks <see cref="StorageOptions"/> at start; calling it more than once is fine.</summary>
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
