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
}
