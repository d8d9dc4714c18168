using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Collections;

internal static class CollectionsExtensions
{
    /// <summary>Registers the collections, and the comparison of their settings at the start.</summary>
    public static IServiceCollection AddQdrantCollections(this IServiceCollection services)
    {
        services.AddQdrantNodes();
        services.TryAddSingleton<IndexCollections>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CollectionsStartCheck>());
        return services;
    }
}
