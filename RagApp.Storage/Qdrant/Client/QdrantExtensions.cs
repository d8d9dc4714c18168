using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

internal static class QdrantExtensions
{
    /// <summary>
    /// Registers a client for all nodes of the options, which replaces the client for a single node. It connects on first use.
    /// </summary>
    public static IServiceCollection AddQdrantNodes(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<QdrantOptions>().BindConfiguration(QdrantOptions.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<QdrantOptions>>(new DataAnnotationValidateOptions<QdrantOptions>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<QdrantOptions>, QdrantAddressValidator>(),
        ]);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<QdrantNodes>();
        services.TryAddSingleton<FailoverInvoker>();
        services.Replace(ServiceDescriptor.Singleton(provider => new QdrantClient(new QdrantGrpcClient(provider.GetRequiredService<FailoverInvoker>()))));
        services.TryAddSingleton<QdrantAliases>();
        services.TryAddSingleton<QdrantPoints>();
        services.TryAddSingleton<QdrantRest>();
        return services;
    }
}
