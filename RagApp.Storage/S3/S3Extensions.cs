using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

internal static class S3Extensions
{
    /// <summary>Registers <see cref="S3BlobStore"/>, which is used only when an endpoint is configured.</summary>
    public static IServiceCollection AddS3(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<S3Options>().BindConfiguration(S3Options.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IPostConfigureOptions<S3Options>, S3Connection>(),
            ServiceDescriptor.Singleton<IValidateOptions<S3Options>>(new DataAnnotationValidateOptions<S3Options>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<S3Options>, S3ChoiceValidator>(),
            ServiceDescriptor.Singleton<IHostedService, S3StartCheck>(),
        ]);
        services.TryAddSingleton<S3Bucket>();
        services.TryAddSingleton<ConditionProbe>();
        services.TryAddSingleton<BucketCheck>();
        services.TryAddSingleton<S3BlobStore>();
        return services;
    }

    /// <summary>Registers the blob store of the bucket for backups, with the options <see cref="S3Options.ForBackups"/>, under a key.</summary>
    public static IServiceCollection AddBackupBucket(this IServiceCollection services, string key)
    {
        services.AddOptionsWithValidateOnStart<S3Options>(S3Options.ForBackups)
            .Configure(options => options.NamedSection = S3Options.BackupSection).BindConfiguration(S3Options.BackupSection);
        services.TryAddKeyedSingleton(key, (provider, _) => ActivatorUtilities.CreateInstance<S3Bucket>(provider, OptionsOf(provider)));
        services.TryAddKeyedSingleton(key, (provider, _) => ActivatorUtilities.CreateInstance<ConditionProbe>(provider, OptionsOf(provider), provider.GetRequiredKeyedService<S3Bucket>(key)));
        services.TryAddKeyedSingleton(key, (provider, _) => ActivatorUtilities.CreateInstance<S3BlobStore>(
            provider, OptionsOf(provider), provider.GetRequiredKeyedService<S3Bucket>(key), provider.GetRequiredKeyedService<ConditionProbe>(key)));
        return services;

        static IOptions<S3Options> OptionsOf(IServiceProvider provider) =>
            Options.Create(provider.GetRequiredService<IOptionsMonitor<S3Options>>().Get(S3Options.ForBackups));
    }
}
