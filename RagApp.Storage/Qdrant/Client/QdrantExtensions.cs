using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

internal static class QdrantExtensions
{
    /// <summary>The client of the server that <c>ConnectionStrings:qdrant_http</c> names; nothing is connected until it is used.</summary>
    public static IServiceCollection AddQdrantClient(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<QdrantOptions>().BindConfiguration(QdrantOptions.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IPostConfigureOptions<QdrantOptions>, QdrantConnection>(),
            ServiceDescriptor.Singleton<IValidateOptions<QdrantOptions>>(new DataAnnotationValidateOptions<QdrantOptions>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<QdrantOptions>, QdrantEndpointValidator>(),
        ]);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<QdrantTransport>();
        services.TryAddSingleton<QdrantClient>();
        return services;
    }
}
